//! Encryption: for whom, and with which key.

use age::x25519::Identity;
use backup::{BackupError, Keys, Mistake, Place, RestoreOptions, create, restore, verify};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    both::{Db, both},
    furniture::furnish,
};

both!(only_who_has_the_key_can_open_it, a_whole_key_file_is_understood,);

fn with(place: Place, recipients: &[&Identity], identity: Option<&Identity>) -> Place {
    let recipients: Vec<_> = recipients.iter().map(|one| one.to_public().to_string()).collect();
    let recipients = (!recipients.is_empty()).then(|| recipients.join(", "));
    let identity = identity.map(Identity::to_string);
    let keys = Keys::parse(recipients.as_deref(), identity.as_ref()).unwrap();
    Place { settings: backup::Settings { keys, ..place.settings.clone() }, ..place }
}

async fn only_who_has_the_key_can_open_it(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let (ours, spare, strangers) =
        (Identity::generate(), Identity::generate(), Identity::generate());
    let made = create(&with(db.place(), &[&ours, &spare], None)).await.unwrap();
    assert!(made.manifest.archive.as_ref().unwrap().encrypted);
    let path = db.folder.path().join("backups").join(made.name());
    let bytes = std::fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    // Either of the two it was made for.
    for key in [&ours, &spare] {
        verify(&with(db.place(), &[], Some(key)), made.name()).await.unwrap();
    }
    let options = RestoreOptions { force: true, ..RestoreOptions::default() };
    for (key, expected) in [(None, Mistake::NoKey), (Some(&strangers), Mistake::WrongKey)] {
        let place = with(db.place(), &[], key);
        for error in [
            verify(&place, made.name()).await.unwrap_err(),
            restore(&place, made.name(), &options).await.unwrap_err(),
        ] {
            assert!(matches!(&error, BackupError::Mistake(told) if *told == expected), "{error:?}");
        }
    }
    // Cut short and altered are told from each other here as well.
    std::fs::remove_file(path.with_extension("json")).unwrap();
    let mut altered = bytes.clone();
    altered[bytes.len() / 2] ^= 1;
    for (body, word) in [(&altered[..], "altered"), (&bytes[..60], "cut short")] {
        std::fs::write(&path, body).unwrap();
        let error = verify(&with(db.place(), &[], Some(&ours)), made.name()).await.unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

async fn a_whole_key_file_is_understood(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let ours = Identity::generate();
    let file = format!(
        "# created: 2026-11-27T10:00:00Z\n# public key: {}\n{}\n",
        ours.to_public(),
        ours.to_string().expose_secret()
    );
    let keys = Keys::parse(None, Some(&SecretString::from(file))).unwrap();
    let made = create(&with(db.place(), &[&ours], None)).await.unwrap();
    let place = db.place();
    let place = Place { settings: backup::Settings { keys, ..place.settings.clone() }, ..place };
    verify(&place, made.name()).await.unwrap();
    assert!(!format!("{place:?}").contains("AGE-SECRET"), "a key shows itself");
    for (recipient, identity) in [(Some("age1nonsense"), None), (None, Some("nonsense"))] {
        let identity = identity.map(|text: &str| SecretString::from(text.to_owned()));
        let error = Keys::parse(recipient, identity.as_ref()).unwrap_err().to_string();
        assert!(error.contains("age-keygen") && !error.contains("nonsense"), "{error}");
    }
}
