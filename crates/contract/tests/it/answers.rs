//! Wrong answers are caught, right ones are not.

use contract::{Answer, Finding, Rule};

use crate::{places, small};

const JSON: (&str, &str) = ("content-type", "application/json");

const BUCKET: [(&str, &str); 5] = [
    ("x-ratelimit-limit", "5"),
    ("x-ratelimit-remaining", "4"),
    ("x-ratelimit-reset", "1700000000.123"),
    ("x-ratelimit-reset-after", "1.000"),
    ("x-ratelimit-bucket", "abcd"),
];

fn judge(
    method: &str,
    path: &str,
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Vec<Finding> {
    let contract = small();
    let operation = contract.operation(method, path);
    assert!(operation.is_some());
    let answer = Answer { status, headers, body: body.as_bytes(), counted: false };
    contract.answer(operation, &answer)
}

fn got(status: u16, body: &str) -> Vec<Finding> {
    judge("GET", "/channels/42", status, &[JSON], body)
}

#[test]
fn right_answers_pass() {
    assert_eq!(got(200, r#"{"id": "42", "name": "chess"}"#), []);
    assert_eq!(got(404, r#"{"code": 10003, "message": "Unknown Channel"}"#), []);
    let path = "/webhooks/1/token/messages/@original";
    assert_eq!(judge("DELETE", path, 204, &[], ""), []);
}

#[test]
fn an_unlisted_status_is_found() {
    assert_eq!(places(&got(201, r#"{"id": "42", "name": "chess"}"#)), [(Rule::Status, "201")]);
    assert_eq!(places(&got(500, r#"{"code": 0, "message": "oh"}"#)), [(Rule::Status, "500")]);
}

#[test]
fn a_missing_field_is_found() {
    let findings = got(200, r#"{"id": "42"}"#);
    assert_eq!(places(&findings), [(Rule::Body, "")]);
    assert!(findings[0].detail.contains("name"));
    assert_eq!(places(&got(400, r#"{"message": "oh"}"#)), [(Rule::Body, "")]);
}

#[test]
fn a_field_of_the_wrong_type_or_format_is_found() {
    let findings = got(200, r#"{"id": "42", "name": 7}"#);
    assert_eq!(places(&findings), [(Rule::Body, "/name")]);
    let findings = got(200, r#"{"id": "x", "name": "chess"}"#);
    assert!(places(&findings).contains(&(Rule::Body, "/id")));
    let findings = got(200, r#"{"id": "42", "name": "chess", "last_pin_timestamp": "yesterday"}"#);
    assert_eq!(places(&findings), [(Rule::Body, "/last_pin_timestamp")]);
}

#[test]
fn ids_and_permissions_are_strings_even_where_nothing_is_said_about_them() {
    let body = r#"{"id": "42", "name": "chess", "guild_id": 7, "permissions": 8, "roles": [{"id": 81985529216486895}]}"#;
    let findings = got(200, body);
    let expected = [
        (Rule::Strings, "/guild_id"),
        (Rule::Strings, "/permissions"),
        (Rule::Strings, "/roles/0/id"),
    ];
    assert_eq!(places(&findings), expected);
    // Components have small numbers of their own.
    assert_eq!(got(200, r#"{"id": "42", "name": "chess", "components": [{"id": 1}]}"#), []);
}

#[test]
fn a_body_where_none_belongs_and_none_where_one_belongs_are_found() {
    let path = "/webhooks/1/token/messages/@original";
    assert_eq!(places(&judge("DELETE", path, 204, &[], "{}")), [(Rule::Body, "")]);
    assert_eq!(places(&got(200, "")), [(Rule::Body, "")]);
    let html = judge("GET", "/channels/42", 404, &[("content-type", "text/html")], "<p>");
    assert_eq!(places(&html), [(Rule::Header, "content-type"), (Rule::Body, "")]);
}

#[test]
fn without_an_operation_only_a_refusal_is_right() {
    let contract = small();
    let refusal = r#"{"code": 0, "message": "404: Not Found"}"#;
    let answer = |status, body: &'static str| Answer {
        status,
        headers: &[JSON],
        body: body.as_bytes(),
        counted: false,
    };
    assert_eq!(contract.answer(None, &answer(404, refusal)), []);
    assert_eq!(places(&contract.answer(None, &answer(200, refusal))), [(Rule::Status, "200")]);
}

#[test]
fn bucket_headers_come_all_together() {
    let body = r#"{"id": "42", "name": "chess"}"#;
    let all: Vec<_> = BUCKET.into_iter().chain([JSON]).collect();
    assert_eq!(judge("GET", "/channels/42", 200, &all, body), []);
    for missing in BUCKET {
        let some: Vec<_> = all.iter().copied().filter(|one| *one != missing).collect();
        let findings = judge("GET", "/channels/42", 200, &some, body);
        assert_eq!(places(&findings), [(Rule::Header, missing.0)]);
    }
    let contract = small();
    let answer = Answer { status: 200, headers: &[JSON], body: body.as_bytes(), counted: true };
    let findings = contract.answer(contract.operation("GET", "/channels/42"), &answer);
    assert_eq!(findings.len(), 5, "{findings:?}");
}

#[test]
fn a_malformed_header_is_found() {
    let body = r#"{"id": "42", "name": "chess"}"#;
    for (name, value) in [
        ("x-ratelimit-limit", "many"),
        ("x-ratelimit-remaining", "-1"),
        ("x-ratelimit-reset", "soon"),
        ("x-ratelimit-reset-after", "-0.5"),
        ("x-ratelimit-bucket", ""),
    ] {
        let headers: Vec<_> = BUCKET
            .into_iter()
            .map(|one| if one.0 == name { (name, value) } else { one })
            .chain([JSON])
            .collect();
        let findings = judge("GET", "/channels/42", 200, &headers, body);
        assert_eq!(places(&findings), [(Rule::Header, name)]);
    }
}

#[test]
fn a_429_says_when_to_come_back_and_whose_limit_it_was() {
    let body = r#"{"message": "You are being rate limited.", "retry_after": 1.5, "global": false}"#;
    let mut headers: Vec<_> = BUCKET.into_iter().chain([JSON]).collect();
    let findings = judge("GET", "/channels/42", 429, &headers, body);
    assert_eq!(
        places(&findings),
        [(Rule::Header, "retry-after"), (Rule::Header, "x-ratelimit-scope")]
    );
    headers.extend([("retry-after", "2"), ("x-ratelimit-scope", "user")]);
    assert_eq!(judge("GET", "/channels/42", 429, &headers, body), []);

    let global = [
        JSON,
        ("retry-after", "2"),
        ("x-ratelimit-scope", "global"),
        ("x-ratelimit-global", "true"),
    ];
    assert_eq!(judge("GET", "/channels/42", 429, &global, body), []);
    let with_bucket: Vec<_> = global.into_iter().chain(BUCKET).collect();
    let findings = judge("GET", "/channels/42", 429, &with_bucket, body);
    assert!(places(&findings).contains(&(Rule::Header, "x-ratelimit-global")));
    let findings = judge("GET", "/channels/42", 429, &headers, r#"{"code": 0, "message": "no"}"#);
    assert_eq!(findings.len(), 2, "retry_after and global are missing: {findings:?}");
}
