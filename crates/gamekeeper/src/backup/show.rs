//! What is said about backups on the terminal.

#![expect(clippy::print_stdout, reason = "the list is what was asked for")]

use backup::{Created, Listed, Manifest, Place, Pruned, Reason, Restored, Verified};
use jiff::Timestamp;

use crate::service;

fn size(bytes: u64) -> String {
    match bytes {
        0..1_048_576 => format!("{} KiB", bytes.div_ceil(1024)),
        _ => format!("{} MiB", bytes.div_ceil(1_048_576)),
    }
}

fn when(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn parts(manifest: &Manifest) -> String {
    match (&manifest.native, &manifest.without_native) {
        (Some(native), _) => format!("portable and native ({})", native.by),
        (None, Some(why)) => format!("portable only: {why}"),
        (None, None) => "portable".to_owned(),
    }
}

pub(super) fn created(created: &Created, place: &Place) {
    let manifest = &created.manifest;
    let Some(archive) = &manifest.archive else { return };
    println!("made      {}", archive.name);
    println!("in        {}", place.settings.dir.display());
    println!("rows      {} in {} tables", manifest.rows(), manifest.tables.len());
    println!("size      {}", size(archive.bytes));
    println!("parts     {}", parts(manifest));
    println!("encrypted {}", if archive.encrypted { "yes" } else { "no" });
    if let (Some(Ok(())), Some(offsite)) = (&created.offsite, &place.settings.offsite) {
        println!("also in   {}", offsite.shown());
    }
}

pub(super) fn list(all: &[Listed], json: bool) {
    if json {
        println!("{}", serde_json::to_string_pretty(all).unwrap_or_default());
        return;
    }
    if all.is_empty() {
        println!("no backups yet");
    }
    for one in all {
        let place = match (one.here, one.offsite) {
            (true, true) => "here and offsite",
            (false, true) => "offsite",
            _ => "here",
        };
        let about = one.manifest.as_ref().map_or_else(String::new, |manifest| {
            let sealed = manifest.archive.as_ref().is_some_and(|archive| archive.encrypted);
            let sealed = if sealed { ", encrypted" } else { "" };
            format!("  {} rows of {}{sealed}", manifest.rows(), manifest.header.database)
        });
        println!("{}  {:>9}  {place:<16}  {}{about}", when(one.at), size(one.bytes), one.name);
    }
}

pub(super) fn verified(verified: &Verified) {
    let manifest = &verified.manifest;
    println!("verified  {}", verified.name);
    println!("restored  {} rows into {}, each the same", manifest.rows(), verified.into);
    println!("rules     all hold");
    for note in &verified.notes {
        println!("note      {note}");
    }
}

pub(super) fn restored(restored: &Restored) {
    let header = &restored.manifest.header;
    println!("restored  {}", restored.name);
    println!("as of     {}", when(header.created_at));
    println!("from      {} {}, version {}", header.database, header.schema, header.app);
    if let Some(safety) = &restored.safety {
        println!("before    {} (what was there)", safety.name());
    }
    println!(
        "left out  sessions, leases, half-filled forms, people who waited for an answer, owed log lines"
    );
    println!("next      start the bot; it looks at every game and makes Discord follow");
}

pub(super) fn pruned(pruned: &Pruned, dry: bool) {
    for kept in &pruned.archives {
        let why: Vec<_> = kept.reasons.iter().map(|reason| reason_of(*reason)).collect();
        let what = match (why.is_empty(), dry) {
            (true, true) => "would go",
            (true, false) => "removed",
            (false, _) => "stays",
        };
        println!("{what:<9} {}  {}", kept.name, why.join(", "));
    }
    if pruned.archives.is_empty() {
        println!("no backups yet");
    }
}

fn reason_of(reason: Reason) -> &'static str {
    match reason {
        Reason::Newest => "newest",
        Reason::Verified => "last one verified",
        Reason::Days => "young",
        Reason::Daily => "daily",
        Reason::Weekly => "weekly",
        Reason::Monthly => "monthly",
    }
}

pub(super) fn schedule(place: &Place, systemd: bool) {
    if systemd {
        print!("{}", service::backup_units(place.settings.at));
        return;
    }
    let planned = backup::plan(&place.settings, Timestamp::now());
    for one in &planned {
        println!("{}  {}", when(one.at), one.what);
    }
    if planned.is_empty() {
        println!("nothing by itself: GAMEKEEPER_BACKUP_AT and GAMEKEEPER_BACKUP_VERIFY are off");
    }
    let keep = place.settings.keep;
    println!(
        "kept: all of {} days, then {} daily, {} weekly and {} monthly ones; always the newest and the \
         last one verified",
        keep.days, keep.daily, keep.weekly, keep.monthly
    );
    println!("in {}", place.settings.dir.display());
    match &place.settings.offsite {
        Some(offsite) => println!("and in {}", offsite.shown()),
        None => println!("and nowhere else: set GAMEKEEPER_BACKUP_URL for a second place"),
    }
}
