//! Wrong requests are caught, right ones are not.

use contract::{Body, Finding, Request, Rule};

use crate::{places, small};

fn judge(method: &str, path: &str, query: &str, body: Body<'_>) -> Vec<Finding> {
    let contract = small();
    let operation = contract.operation(method, path).unwrap();
    contract.request(operation, &Request { path, query, body })
}

fn patch(body: &str) -> Vec<Finding> {
    judge("PATCH", "/channels/42", "", Body::Json(body.as_bytes()))
}

fn list(query: &str) -> Vec<Finding> {
    judge("GET", "/channels/42/messages", query, Body::Empty)
}

#[test]
fn a_right_request_passes() {
    let body = r#"{"name": "chess", "topic": null, "parent_id": "7", "overwrites": [{"id": "1"}]}"#;
    assert_eq!(patch(body), []);
    assert_eq!(list("limit=100&pinned=true&author_id=1&author_id=2"), []);
    assert_eq!(list(""), []);
}

#[test]
fn a_misspelt_key_is_found_by_the_closed_reading() {
    assert_eq!(places(&patch(r#"{"topik": "x"}"#))[0], (Rule::Closed, ""));
    assert!(patch(r#"{"topik": "x"}"#)[0].detail.contains("topik"));
    let nested = patch(r#"{"name": "x", "overwrites": [{"id": "1", "alow": "8"}]}"#);
    assert_eq!(places(&nested), [(Rule::Closed, "/overwrites/0")]);
}

#[test]
fn a_number_where_an_id_belongs_is_found() {
    // The alternative for private channels would let it pass as an unknown key.
    let findings = patch(r#"{"parent_id": 7}"#);
    assert_eq!(places(&findings), [(Rule::Closed, "/parent_id")]);
}

#[test]
fn a_value_over_a_limit_is_found() {
    let findings = patch(&format!(r#"{{"name": "{}", "topic": "t"}}"#, "x".repeat(101)));
    assert_eq!(places(&findings), [(Rule::Closed, "/name")]);
}

#[test]
fn a_missing_body_and_one_too_many_are_found() {
    assert_eq!(places(&judge("PATCH", "/channels/42", "", Body::Empty)), [(Rule::Open, "")]);
    let findings = judge("GET", "/channels/42", "", Body::Json(b"{\"a\": 1}"));
    assert_eq!(places(&findings), [(Rule::Closed, "")]);
    assert_eq!(judge("GET", "/channels/42", "", Body::Json(b"{}")), []);
}

#[test]
fn a_body_that_is_not_described_is_found() {
    assert_eq!(places(&patch("{")), [(Rule::Open, "")]);
    let wrapped =
        judge("PATCH", "/channels/42", "", Body::Form(b"payload_json=%7B%22topic%22%3A7%7D"));
    assert_eq!(places(&wrapped), [(Rule::Closed, "/topic")]);
    for body in [Body::Form(b"name=x"), Body::Files, Body::Strange] {
        let findings = judge("PATCH", "/channels/42", "", body);
        assert_eq!(places(&findings), [(Rule::Open, "")], "{body:?}");
    }
}

#[test]
fn wrong_parameters_are_found() {
    assert_eq!(places(&list("limit=101")), [(Rule::Open, "query limit")]);
    assert_eq!(places(&list("limit=many")), [(Rule::Open, "query limit")]);
    assert_eq!(places(&list("pinned=yes")), [(Rule::Open, "query pinned")]);
    assert_eq!(places(&list("limitt=5")), [(Rule::Closed, "query limitt")]);
    assert_eq!(places(&list("author_id=1&author_id=x")), [(Rule::Open, "query author_id")]);
    let findings = judge("GET", "/channels/general", "", Body::Empty);
    assert_eq!(places(&findings), [(Rule::Open, "path channel_id")]);
}

#[test]
fn an_id_that_does_not_fit_into_64_bits_is_found() {
    let findings = judge("GET", "/channels/99999999999999999999", "", Body::Empty);
    assert_eq!(places(&findings), [(Rule::Open, "path channel_id")]);
}
