//! Whatever a client sends, it is judged, never a panic.

use contract::{Answer, Body, Request};
use proptest::prelude::*;

use crate::small;

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_request_is_judged(path in "(/[a-z@{}0-9%]{0,6}){0,5}", query in "[a-z0-9=&%+]{0,30}", body in any::<Vec<u8>>()) {
        let contract = small();
        let mut operations: Vec<_> = contract.operations().iter().collect();
        operations.extend(contract.operation("GET", &path));
        for operation in operations {
            for body in [Body::Json(&body), Body::Form(&body), Body::Empty] {
                contract.request(operation, &Request { path: &path, query: &query, body });
            }
            contract.answer(Some(operation), &Answer { status: 200, headers: &[], body: &body, counted: true });
        }
        contract.frame(&String::from_utf8_lossy(&body));
    }
}
