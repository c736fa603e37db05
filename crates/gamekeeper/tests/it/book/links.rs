//! Every link of the book, and of the pages beside it, leads to a page and a heading that are there.

use std::{
    collections::BTreeSet,
    path::{Component, Path, PathBuf},
};

use gamekeeper::stage::verbs::Told;

use super::page::{Page, root};

/// A path without `..` in it.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// What is wrong with a page's links. `directory` and `path` say where it lies.
fn dead(directory: &Path, page: &Page) -> Vec<String> {
    let mut dead = Vec::new();
    for link in page.links() {
        let outside = ["http:", "https:", "mailto:"].iter().any(|scheme| link.starts_with(scheme));
        if outside {
            continue;
        }
        let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
        let own = directory.join(&page.path);
        let target = if file.is_empty() {
            own
        } else {
            plain(&own.parent().unwrap_or(directory).join(file.replace("%20", " ")))
        };
        let known = if anchor.is_empty() {
            target.exists()
        } else {
            Page::at(Path::new("/"), &target)
                .is_ok_and(|page| page.anchors().iter().any(|one| one == anchor))
        };
        if !known {
            dead.push(format!("{}: {link}", page.name()));
        }
    }
    dead
}

#[test]
fn every_link_leads_somewhere() -> Told<()> {
    let root = root();
    let docs = root.join("docs");
    let mut links = 0;
    let mut wrong = Vec::new();
    for page in Page::all()? {
        links += page.links().len();
        wrong.extend(dead(&docs, &page));
    }
    for path in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "crates/sandbox/README.md"] {
        let page = Page::at(&root, Path::new(path))?;
        links += page.links().len();
        wrong.extend(dead(&root, &page));
    }
    assert!(links > 150, "only {links} links were found");
    assert!(wrong.is_empty(), "these links lead nowhere: {wrong:#?}");
    Ok(())
}

#[test]
fn the_summary_lists_every_page_once() -> Told<()> {
    let summary = Page::read("SUMMARY.md")?;
    let links = summary.links();
    let listed: BTreeSet<String> = links.iter().cloned().collect();
    assert_eq!(listed.len(), links.len(), "a page is listed twice");
    let pages = Page::all()?.into_iter().map(|page| page.name());
    let pages: BTreeSet<String> = pages.filter(|name| name != "SUMMARY.md").collect();
    let missing: Vec<_> = pages.difference(&listed).collect();
    let unknown: Vec<_> = listed.difference(&pages).collect();
    assert!(missing.is_empty(), "SUMMARY.md does not list {missing:?}");
    assert!(unknown.is_empty(), "SUMMARY.md lists {unknown:?}, which are not there");
    Ok(())
}
