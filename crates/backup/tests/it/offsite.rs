//! The second place: a directory, and an object store over a real socket.

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt as _, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse as _, Response},
    routing::any,
};
use backup::{
    BackupError, Doing, Facts, Mistake, Offsite, Place, RestoreOptions, Vault, create, prune,
    restore, verify,
};
use parking_lot::Mutex;

use crate::{
    both::{Db, both},
    furniture::furnish,
};

both!(
    what_is_only_there_is_fetched_from_there,
    a_place_that_is_away_costs_no_backup,
    what_is_here_is_of_use_while_the_place_is_away,
);

/// As much of S3 as it takes: objects in parts, lists, removals; and whether each call was signed.
#[derive(Clone, Default)]
struct Bucket {
    objects: Arc<Mutex<BTreeMap<String, Bytes>>>,
    parts: Arc<Mutex<BTreeMap<u32, Bytes>>>,
    unsigned: Arc<Mutex<u32>>,
}

async fn object(
    State(bucket): State<Bucket>,
    method: Method,
    key: Option<Path<String>>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let signed = headers.get("authorization").and_then(|value| value.to_str().ok());
    if !signed.is_some_and(|value| value.starts_with("AWS4-HMAC-SHA256 Credential=planted-id/")) {
        *bucket.unsigned.lock() += 1;
    }
    let key = key.map(|Path(key)| key).unwrap_or_default();
    let xml = |text: String| ([("content-type", "application/xml")], text).into_response();
    match (method.as_str(), query.contains_key("uploads"), query.get("partNumber")) {
        ("POST", true, _) => xml(
            "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
                .to_owned(),
        ),
        ("PUT", _, Some(part)) => {
            bucket.parts.lock().insert(part.parse().unwrap_or(0), body);
            ([("etag", format!("\"p{part}\""))], "").into_response()
        }
        ("POST", false, _) if query.contains_key("uploadId") => {
            let parts = std::mem::take(&mut *bucket.parts.lock());
            let whole: Vec<u8> = parts.into_values().flatten().collect();
            bucket.objects.lock().insert(key, whole.into());
            xml("<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>"
                .to_owned())
        }
        // Several at once, named in the body.
        ("POST", false, _) => {
            let text = String::from_utf8_lossy(&body).into_owned();
            let mut answer = String::from("<DeleteResult>");
            for named in text.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next())
            {
                bucket.objects.lock().remove(named);
                answer = answer + "<Deleted><Key>" + named + "</Key></Deleted>";
            }
            xml(answer + "</DeleteResult>")
        }
        ("PUT", ..) => {
            bucket.objects.lock().insert(key, body);
            ([("etag", "\"e\"")], "").into_response()
        }
        ("DELETE", ..) => {
            bucket.objects.lock().remove(&key);
            StatusCode::NO_CONTENT.into_response()
        }
        ("GET", ..) if key.is_empty() => {
            let prefix = query.get("prefix").cloned().unwrap_or_default();
            let objects = bucket.objects.lock();
            let listed =
                objects.iter().filter(|(key, _)| key.starts_with(&prefix)).map(|(key, body)| {
                    format!(
                        "<Contents><Key>{key}</Key><Size>{}</Size><ETag>\"e\"</ETag>\
                     <LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>",
                        body.len()
                    )
                });
            let listed: String = listed.collect();
            xml(format!(
                "<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>"
            ))
        }
        ("GET" | "HEAD", ..) => match bucket.objects.lock().get(&key) {
            Some(body) => {
                let date = "Thu, 01 Jan 2026 00:00:00 GMT";
                ([("etag", "\"e\""), ("last-modified", date)], body.clone()).into_response()
            }
            None => {
                (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response()
            }
        },
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

/// A bucket, and the settings that lead to it.
async fn a_bucket() -> (Bucket, Vec<(String, String)>) {
    let bucket = Bucket::default();
    let routes = Router::new()
        .route("/vault", any(object))
        .route("/vault/{*key}", any(object))
        .layer(axum::extract::DefaultBodyLimit::max(64 << 20))
        .with_state(bucket.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    let set = [
        ("AWS_ENDPOINT", format!("http://{address}")),
        ("AWS_ALLOW_HTTP", "true".to_owned()),
        ("AWS_REGION", "eu-x".to_owned()),
        ("AWS_ACCESS_KEY_ID", "planted-id".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "planted-secret".to_owned()),
    ];
    (bucket, set.map(|(name, value)| (name.to_owned(), value)).into())
}

fn with(place: Place, offsite: Offsite) -> Place {
    Place {
        settings: backup::Settings { offsite: Some(offsite), ..place.settings.clone() },
        ..place
    }
}

async fn what_is_only_there_is_fetched_from_there(db: Db) {
    // As the program does before anything opens a connection.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let store = db.open().await;
    furnish(&store).await;
    let (bucket, set) = a_bucket().await;
    let shelf = db.folder.path().join("a shelf");
    fs::create_dir(&shelf).unwrap();
    for (address, environment) in [
        ("s3://vault/games/club".to_owned(), set),
        (format!("file://{}", shelf.display()), Vec::new()),
    ] {
        let offsite = Offsite::open(&address, environment.into_iter()).unwrap();
        assert!(!format!("{offsite:?}").contains("planted"));
        let mut place = with(db.place(), offsite);
        place.settings.dir = db.folder.path().join(format!("here{}", address.len()));
        let made = create(&place).await.unwrap();
        made.offsite.as_ref().unwrap().as_ref().unwrap();
        let facts = Facts::read(&store).await.unwrap();
        assert_eq!(facts.offsite.unwrap().name, made.name());
        // The machine is gone; another one begins with nothing.
        fs::remove_dir_all(&place.settings.dir).unwrap();
        let listed = Vault::new(&place.settings).list().await.unwrap();
        assert_eq!(listed.len(), 1);
        assert!(listed[0].offsite && !listed[0].here);
        verify(&place, "latest").await.unwrap();
        let options = RestoreOptions { force: true, ..RestoreOptions::default() };
        restore(&place, made.name(), &options).await.unwrap();
        // The newest and the proven stay, whatever else goes; the safety copy is the newest now.
        place.settings.keep = backup::Keep { days: 0, daily: 0, weekly: 0, monthly: 0 };
        let more = create(&place).await.unwrap();
        verify(&place, more.name()).await.unwrap();
        prune(&place, false).await.unwrap();
        let left = Vault::new(&place.settings).list().await.unwrap();
        let left: Vec<_> = left.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(left, [more.name()]);
    }
    assert_eq!(*bucket.unsigned.lock(), 0, "every call is signed");
    assert_eq!(bucket.objects.lock().len(), 2, "an archive and what stands beside it");
}

async fn a_place_that_is_away_costs_no_backup(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let shelf = db.folder.path().join("shelf");
    let address = format!("file://{}", shelf.display());
    // A disk that is not mounted: known as a second place all the same.
    let place = with(db.place(), Offsite::open(&address, std::iter::empty()).unwrap());
    for in_the_way in [false, true] {
        if in_the_way {
            fs::write(&shelf, "in the way").unwrap();
        }
        let made = create(&place).await.unwrap();
        let Some(Err(BackupError::Offsite(why))) = &made.offsite else {
            panic!("{:?}", made.offsite)
        };
        assert!(why.contains(&shelf.display().to_string()) && why.contains("Mount"), "{why}");
        assert!(!shelf.is_dir(), "nothing is made on the disk below");
        verify(&db.place(), made.name()).await.unwrap();
        let facts = Facts::read(&store).await.unwrap();
        assert_eq!(facts.failed[0].doing, Doing::Offsite);
    }
    // The disk is back.
    fs::remove_file(&shelf).unwrap();
    fs::create_dir(&shelf).unwrap();
    let made = create(&place).await.unwrap();
    made.offsite.as_ref().unwrap().as_ref().unwrap();
    let there: Vec<_> = fs::read_dir(&shelf).unwrap().map(Result::unwrap).collect();
    assert_eq!(there.len(), 2, "{there:?}");
    for file in there {
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file:?} is for nobody else");
    }
    assert!(Facts::read(&store).await.unwrap().failed.is_empty());
    for address in ["nonsense", "ftp://x/y", "file://host/x", "s3://me:secret@bucket/x"] {
        let error = Offsite::open(address, std::iter::empty()).unwrap_err();
        assert!(matches!(error, BackupError::Mistake(Mistake::BadUrl(_))), "{error:?}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

async fn what_is_here_is_of_use_while_the_place_is_away(db: Db) {
    let store = db.open().await;
    furnish(&store).await;
    let shelf = db.folder.path().join("shelf");
    fs::create_dir(&shelf).unwrap();
    let address = format!("file://{}", shelf.display());
    let place = with(db.place(), Offsite::open(&address, std::iter::empty()).unwrap());
    let first = create(&place).await.unwrap();
    fs::rename(&shelf, db.folder.path().join("unmounted")).unwrap();
    let second = create(&place).await.unwrap();
    verify(&place, first.name()).await.unwrap();
    assert_eq!(verify(&place, "latest").await.unwrap().name, second.name());
    let listed = Vault::new(&place.settings).list().await.unwrap();
    assert_eq!(listed.len(), 2);
    let mut keep = place.clone();
    keep.settings.keep = backup::Keep { days: 0, daily: 0, weekly: 0, monthly: 0 };
    assert_eq!(prune(&keep, false).await.unwrap().gone().count(), 1);
    let options = RestoreOptions { force: true, ..RestoreOptions::default() };
    restore(&place, second.name(), &options).await.unwrap();
    // With nothing here it is the place that is missing, not the backup.
    fs::remove_dir_all(&place.settings.dir).unwrap();
    for name in [first.name(), "latest"] {
        let error = restore(&place, name, &options).await.unwrap_err();
        assert!(matches!(error, BackupError::Offsite(_)), "{error:?}");
    }
}
