//! Who signs, over what, and what is written down.

use checklist::{By, Refused, Results, Severity, items, remember, sign_off};

use crate::stage::{facts, found, good};

fn with(check: &str, severity: Severity) -> Results {
    let mut results = good();
    results.checks.insert(check.to_owned(), found(severity, "It is not as it should be"));
    results
}

#[test]
fn a_record_has_the_name_the_day_and_the_grounds() {
    let record = sign_off(&facts(), &good(), false).unwrap();
    let json: serde_json::Value = serde_json::from_str(&record.json).unwrap();
    assert_eq!(json["name"], "Ada Lovelace");
    assert_eq!(json["date"], "2026-11-27T10:00:00Z");
    assert_eq!(json["counts"]["games"], 12);
    assert_eq!(json["checks"]["host.disk"]["severity"], "ok");
    assert_eq!(json["checksums"][0]["sha256"], "ab".repeat(32));
    assert!(json["checksums"][1]["sha256"].is_null());
    assert_eq!(json["boxes"].as_array().unwrap().len(), items().count());
    let text = record.markdown;
    assert!(text.starts_with("# Sign-off\n\nAda Lovelace signed on 2026-11-27T10:00:00Z."));
    assert!(text.contains("- database Sqlite, m0005_server_alerts"));
    assert!(text.contains("- `/etc/gamekeeper.toml`: could not be read"));
    assert!(text.contains("\n## Deployment checklist\n") && text.contains("\n### Backups\n"));
}

#[test]
fn an_error_is_a_reason_to_refuse_unless_forced() {
    let results = with("backup.verified", Severity::Error);
    let refused = sign_off(&facts(), &results, false).unwrap_err();
    assert_eq!(refused, Refused::Errors(vec!["backup.verified".to_owned()]));
    assert!(refused.to_string().contains("backup.verified"), "{refused}");
    let record = sign_off(&facts(), &results, true).unwrap();
    assert_eq!(record.forced_over, ["backup.verified"]);
    assert!(record.markdown.contains("**Signed in spite of errors: backup.verified.**"));
    assert!(record.markdown.contains("- `backup.verified`: It is not as it should be"));
}

#[test]
fn a_warning_is_written_down_and_no_reason_to_refuse() {
    let record = sign_off(&facts(), &with("host.timezone", Severity::Warn), false).unwrap();
    assert!(record.forced_over.is_empty());
    assert!(record.markdown.contains("## Warnings\n\n- `host.timezone`:"));
}

#[test]
fn without_any_check_there_is_nothing_to_sign() {
    let refused = sign_off(&facts(), &Results::default(), false).unwrap_err();
    assert_eq!(refused, Refused::NothingChecked);
    assert!(sign_off(&facts(), &Results::default(), true).is_ok());
}

#[test]
fn what_is_yours_is_confirmed_or_written_down_as_not() {
    let yours: Vec<&str> =
        items().filter(|item| matches!(item.by, By::Yours { .. })).map(|item| item.id).collect();
    let record = sign_off(&facts(), &good(), false).unwrap();
    assert_eq!(record.not_confirmed, yours);
    assert!(record.markdown.contains(&format!("## Not confirmed\n\n- `{}`:", yours[0])));

    let mut results = good();
    results.done.insert(yours[0].to_owned());
    let record = sign_off(&facts(), &results, false).unwrap();
    assert_eq!(record.not_confirmed, &yours[1..]);

    results.done.extend(yours.iter().map(|id| (*id).to_owned()));
    let record = sign_off(&facts(), &results, false).unwrap();
    assert!(record.not_confirmed.is_empty() && !record.markdown.contains("## Not confirmed"));
}

#[test]
fn nobody_confirms_what_does_not_exist_or_is_not_theirs() {
    let mut results = good();
    results.done.insert("server-security.fire-wall".to_owned());
    let refused = sign_off(&facts(), &results, true).unwrap_err();
    assert_eq!(refused, Refused::NoSuchBox("server-security.fire-wall".to_owned()));

    let mut results = good();
    results.done.insert("environment.disk".to_owned());
    let refused = sign_off(&facts(), &results, true).unwrap_err();
    assert_eq!(refused, Refused::NotYours("environment.disk".to_owned(), "check"));
}

#[test]
fn what_was_confirmed_once_is_remembered_with_who_and_when() {
    let mut results = good();
    let done = ["server-security.ssh", "code.tests", "sign-off.second"];
    results.done.extend(done.map(str::to_owned));
    let record = sign_off(&facts(), &results, false).unwrap();
    assert!(record.markdown.contains("confirmed by Ada Lovelace, 2026-11-27T10:00:00Z"));

    let ada = "Ada Lovelace, 2026-11-27T10:00:00Z";
    let then = remember(&record.json, "0.1.0").unwrap();
    // The second reader read that record, and no other.
    let kept: Vec<_> = then.iter().map(|(id, who)| (id.as_str(), who.as_str())).collect();
    assert_eq!(kept, [("code.tests", ada), ("server-security.ssh", ada)]);
    // Another version was not tested by that.
    let kept: Vec<String> = remember(&record.json, "0.2.0").unwrap().into_keys().collect();
    assert_eq!(kept, ["server-security.ssh"]);

    // Somebody else signs later; it is still Ada who looked.
    let mut later = good();
    later.remembered = then;
    let other = checklist::Facts {
        name: "Ben".to_owned(),
        date: "2027-01-01T10:00:00Z".to_owned(),
        ..facts()
    };
    let record = sign_off(&other, &later, false).unwrap();
    assert!(!record.not_confirmed.contains(&"server-security.ssh"));
    let then = remember(&record.json, "0.1.0").unwrap();
    assert_eq!(then.get("server-security.ssh").map(String::as_str), Some(ada));
    assert!(remember("{\"name\": ", "0.1.0").is_err());
}

#[test]
fn a_check_that_is_left_out_stands_in_the_record_with_the_reason() {
    let mut results = with("backup.offsite", Severity::Skipped);
    results.checks.insert("amp.login".to_owned(), found(Severity::Skipped, "AMP is not set up"));
    results.skips.insert("backup.offsite".to_owned(), "no other place yet".to_owned());
    let record = sign_off(&facts(), &results, false).unwrap();
    let json: serde_json::Value = serde_json::from_str(&record.json).unwrap();
    assert_eq!(json["left_out"]["backup.offsite"], "no other place yet");
    let heading =
        "## Checks left out by whoever signed, and why\n\n- `backup.offsite`: no other place yet\n";
    assert!(record.markdown.contains(heading), "{}", record.markdown);
    let heading = "## Checks that could not look\n\n- `amp.login`: AMP is not set up\n";
    assert!(record.markdown.contains(heading), "{}", record.markdown);
}

#[test]
fn a_name_is_one_line_and_somebodys() {
    for name in ["", "   ", "Ada\n# Sign-off", &"a".repeat(81)] {
        let nobody = checklist::Facts { name: name.to_owned(), ..facts() };
        assert_eq!(sign_off(&nobody, &good(), false).unwrap_err(), Refused::Name, "{name:?}");
    }
}
