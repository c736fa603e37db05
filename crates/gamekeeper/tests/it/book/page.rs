//! A page, and what of it can be held to something.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use gamekeeper::stage::verbs::Told;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Where the source is.
pub(super) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    here.unwrap_or(Path::new("/")).to_owned()
}

/// Code on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// Within a sentence or a table.
    Inline(String),
    /// A block, and the language it says it is in.
    Block(String, String),
}

pub(super) struct Page {
    /// Below `docs/`.
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Page {
    pub(super) fn read(path: &str) -> Told<Self> {
        Self::at(&root().join("docs"), Path::new(path))
    }

    pub(super) fn at(directory: &Path, path: &Path) -> Told<Self> {
        let text = fs::read_to_string(directory.join(path));
        let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path: path.to_owned(), text })
    }

    /// Every page of the book.
    pub(super) fn all() -> Told<Vec<Self>> {
        let docs = root().join("docs");
        let mut pages = Vec::new();
        let mut folders = vec![docs.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|e| e.to_string())? {
                let path = entry.map_err(|e| e.to_string())?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "md") {
                    let below = path.strip_prefix(&docs).map_err(|e| e.to_string())?;
                    pages.push(Self::at(&docs, below)?);
                }
            }
        }
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(pages)
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn events(&self) -> Parser<'_> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES)
    }

    pub(super) fn code(&self) -> Vec<Code> {
        let mut found = Vec::new();
        let mut block = None;
        for event in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let language = match kind {
                        CodeBlockKind::Indented => String::new(),
                        CodeBlockKind::Fenced(language) => language.to_string(),
                    };
                    block = Some((language, String::new()));
                }
                Event::Text(text) => {
                    if let Some((_, code)) = &mut block {
                        code.push_str(&text);
                    }
                }
                Event::End(TagEnd::CodeBlock) => {
                    found.extend(block.take().map(|(language, code)| Code::Block(language, code)));
                }
                Event::Code(code) => found.push(Code::Inline(code.to_string())),
                _ => {}
            }
        }
        found
    }

    /// Where its links lead, as they stand there.
    pub(super) fn links(&self) -> Vec<String> {
        let links = self.events().filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.to_string())
            }
            _ => None,
        });
        links.collect()
    }

    /// The anchors of its headings, as mdBook and the places that show Markdown make them.
    pub(super) fn anchors(&self) -> Vec<String> {
        let mut anchors = Vec::new();
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        let mut heading: Option<String> = None;
        for event in self.events() {
            match event {
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    let Some(heading) = heading.take() else { continue };
                    let anchor = anchor(&heading);
                    let times = seen.entry(anchor.clone()).or_default();
                    anchors.push(match *times {
                        0 => anchor,
                        n => format!("{anchor}-{n}"),
                    });
                    *times += 1;
                }
                _ => {}
            }
        }
        anchors
    }
}

fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|c| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || "-_".contains(c) => Some(c.to_ascii_lowercase()),
        _ => None,
    });
    kept.collect()
}
