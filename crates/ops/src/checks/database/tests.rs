//! How a server is judged that a test cannot have: one that is too old, one that everybody can reach.
//! What can be broken on a real one is broken there, in gamekeeper's stories of the doctor.

use std::{net::IpAddr, time::Duration};

use store::vitals::{Address, Tls, Vitals};

use super::{address, is_public, tls, version};
use crate::Severity;

fn vitals(major: u32, addresses: &[&str]) -> Vitals {
    let addresses = addresses.iter().map(|text| text.parse().expect("an address")).collect();
    Vitals {
        kind: "PostgreSQL",
        version: format!("{major}.4"),
        major: Some(major),
        round_trip: Duration::from_millis(1),
        address: Address::Host { addresses, loopback: false },
        password_length: Some(32),
        has_certificate: false,
        tls: Tls::Verified,
        connections: None,
        processes: 1,
        longest_seconds: None,
        blind_role: None,
        tables: Vec::new(),
        bytes: 0,
        damage: Vec::new(),
    }
}

#[test]
fn a_server_that_nobody_looks_after_any_more() {
    let found = version(&vitals(13, &[]));
    assert_eq!(found.severity, Severity::Warning);
    assert!(found.finding.contains("PostgreSQL 13.4"), "{found:?}");
    assert!(found.cure.is_some_and(|cure| cure.contains("pg_upgradecluster")));
    assert_eq!(version(&vitals(15, &[])).severity, Severity::Ok);
}

#[test]
fn a_server_that_everybody_can_reach() {
    let found = address(&vitals(17, &["10.0.0.5", "93.184.216.34"]));
    assert_eq!(found.severity, Severity::Warning);
    assert!(found.finding.contains("93.184.216.34") && !found.finding.contains("10.0.0.5"));
    assert!(found.cure.is_some_and(|cure| cure.contains("listen_addresses")));
    assert_eq!(address(&vitals(17, &["10.0.0.5", "fd00::5"])).severity, Severity::Ok);
}

#[test]
fn which_addresses_are_public() {
    let public = |text: &str| is_public(text.parse::<IpAddr>().expect("an address"));
    for text in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2001:4860::1", "::ffff:8.8.8.8"] {
        assert!(public(text), "{text}");
    }
    for text in [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.1",
        "169.254.1.1",
        "100.64.0.1",
        "::",
        "::1",
        "fd12::1",
        "fe80::1",
        "::ffff:192.168.1.1",
    ] {
        assert!(!public(text), "{text}");
    }
}

#[test]
fn who_is_in_between_reads_what_is_not_encrypted_or_is_not_looked_at() {
    let with = |tls: Tls| Vitals { tls, ..vitals(17, &["10.0.0.5"]) };
    let public = Vitals { tls: Tls::Plain, ..vitals(17, &["93.184.216.34"]) };
    assert_eq!(tls(&public).severity, Severity::Error);
    // In a private network it may be a container's own.
    assert_eq!(tls(&with(Tls::Plain)).severity, Severity::Warning);
    assert_eq!(tls(&with(Tls::Encrypted)).severity, Severity::Warning);
    assert_eq!(tls(&with(Tls::Verified)).severity, Severity::Ok);
}
