//! Archives that are not what they should be: each says what it is, and nothing is changed.

use std::{fs, path::Path};

use backup::{BackupError, Damage, Mistake, RestoreOptions, create, restore, verify};

use crate::{
    both::{Db, both},
    furniture::{furnish, lasting},
};

both!(
    one_cut_short_is_told_and_changes_nothing,
    one_altered_is_told_and_changes_nothing,
    one_of_somebody_else_is_told,
    one_of_a_newer_version_is_told,
);

const FORCE: RestoreOptions = RestoreOptions { force: true, native: false, file: None };

/// Without what stands beside it, so that the archive itself has to tell.
fn alone(dir: &Path, name: &str) {
    fs::remove_file(dir.join(name.replace(".gkb", ".json"))).unwrap();
}

async fn one_cut_short_is_told_and_changes_nothing(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let before = lasting(&store).await;
    let dir = db.folder.path().join("backups");
    for (keep, beside) in [(2, true), (2, false), (0, false), (1, false)] {
        let made = create(&db.place()).await.unwrap();
        let path = dir.join(made.name());
        let whole = fs::read(&path).unwrap();
        // In the middle, all of it, and the very last bytes.
        let length = match keep {
            0 => 0,
            1 => whole.len() - 3,
            _ => whole.len() / 2,
        };
        fs::write(&path, &whole[..length]).unwrap();
        if !beside {
            alone(&dir, made.name());
        }
        for error in [
            restore(&db.place(), made.name(), &FORCE).await.unwrap_err(),
            verify(&db.place(), made.name()).await.unwrap_err(),
        ] {
            let told = matches!(&error, BackupError::Damaged(Damage::CutShort(name)) if name == made.name());
            assert!(told, "{keep} {beside}: {error:?}");
        }
    }
    assert!(lasting(&store).await == before);
}

async fn one_altered_is_told_and_changes_nothing(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let before = lasting(&store).await;
    let dir = db.folder.path().join("backups");
    for (place, beside) in [(0.3, true), (0.02, false), (0.5, false), (0.95, false)] {
        let made = create(&db.place()).await.unwrap();
        let path = dir.join(made.name());
        let mut bytes = fs::read(&path).unwrap();
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a file"
        )]
        let at = (bytes.len() as f64 * place) as usize;
        bytes[at] ^= 0x10;
        fs::write(&path, &bytes).unwrap();
        if !beside {
            alone(&dir, made.name());
        }
        for error in [
            restore(&db.place(), made.name(), &FORCE).await.unwrap_err(),
            verify(&db.place(), made.name()).await.unwrap_err(),
        ] {
            let told = matches!(&error, BackupError::Damaged(Damage::Altered { .. }));
            assert!(told, "{place} {beside}: {error:?}");
        }
    }
    assert!(lasting(&store).await == before);
    let failed = backup::Facts::read(&store).await.unwrap().failed;
    assert_eq!(failed.last().unwrap().doing, backup::Doing::Verify);
}

async fn one_of_somebody_else_is_told(db: Db) {
    db.open().await;
    let dir = db.folder.path().join("backups");
    fs::create_dir_all(&dir).unwrap();
    let name = "gamekeeper-20260101T000000Z-x.gkb";
    let other_zstd = zstd::encode_all(&b"hello"[..], 3).unwrap();
    for body in [&b"GIF89a and more"[..], &other_zstd, &tarred(&[("else.txt", b"x")])] {
        fs::write(dir.join(name), body).unwrap();
        let error = restore(&db.place(), name, &FORCE).await.unwrap_err();
        assert!(matches!(&error, BackupError::Damaged(_)), "{error:?}");
    }
    let error = verify(&db.place(), "gamekeeper-yesterday").await.unwrap_err();
    assert!(matches!(error, BackupError::Mistake(Mistake::Unknown(_))), "{error:?}");
}

fn tarred(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = tar::Builder::new(zstd::Encoder::new(Vec::new(), 3).unwrap());
    for (name, body) in entries {
        let mut header = tar::Header::new_ustar();
        header.set_size(body.len() as u64);
        tar.append_data(&mut header, name, *body).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap()
}

async fn one_of_a_newer_version_is_told(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let before = lasting(&store).await;
    let dir = db.folder.path().join("backups");
    fs::create_dir_all(&dir).unwrap();
    let name = "gamekeeper-20260101T000000Z-x.gkb";
    // What else a newer header says is nobody's business.
    let header = |format: u32, schema: &str| {
        format!(
            r#"{{"format":{format},"app":"7.0.0","schema":"{schema}","database":"sqlite","database_version":"3",
            "created_at":"2026-01-01T00:00:00Z","instance":"x","more":[1]}}"#
        )
    };
    for (header, what) in [
        (r#"{"format":2,"app":"7.0.0"}"#.to_owned(), "format 2"),
        (header(1, "m0099_later"), "schema m0099_later"),
    ] {
        fs::write(dir.join(name), tarred(&[("header.json", header.as_bytes())])).unwrap();
        for error in [
            restore(&db.place(), name, &FORCE).await.unwrap_err().to_string(),
            verify(&db.place(), name).await.unwrap_err().to_string(),
        ] {
            assert!(
                error.contains(what) && error.contains("Use version 7.0.0 or newer"),
                "{error}"
            );
        }
    }
    assert!(lasting(&store).await == before);
}

/// Wherever it is cut, whatever bit is turned: it is told, and nothing hangs or falls over.
#[tokio::test(flavor = "multi_thread")]
async fn no_damage_passes_unseen() {
    crate::both::on_sqlite(|db| async move {
        let store = db.open().await;
        crate::furniture::game(&store, crate::furniture::CLUB, "Chess").await;
        let made = create(&db.place()).await.unwrap();
        let dir = db.folder.path().join("backups");
        let path = dir.join(made.name());
        let whole = fs::read(&path).unwrap();
        alone(&dir, made.name());
        let places = (0..whole.len()).step_by(whole.len() / 150).chain([1, whole.len() - 1]);
        for at in places {
            let cut = whole[..at].to_vec();
            let mut turned = whole.clone();
            turned[at] ^= 1 << (at % 8);
            for (how, bytes) in [("cut", cut), ("turned", turned)] {
                fs::write(&path, bytes).unwrap();
                let error = verify(&db.place(), made.name()).await.unwrap_err();
                assert!(matches!(error, BackupError::Damaged(_)), "{how} at {at}: {error:?}");
            }
        }
        fs::write(&path, &whole).unwrap();
        verify(&db.place(), made.name()).await.unwrap();
    })
    .await;
}
