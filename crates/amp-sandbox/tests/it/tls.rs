//! A certificate that nobody vouches for, as panels at home have.

use std::sync::Arc;

use amp_sandbox::{Amp, AmpConfig, TlsIdentity};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::http;

/// A client that trusts these certificates and no others.
fn client(roots: RootCertStore) -> TlsConnector {
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(ring).with_safe_default_protocol_versions().unwrap();
    TlsConnector::from(Arc::new(config.with_root_certificates(roots).with_no_client_auth()))
}

#[tokio::test]
async fn only_who_trusts_the_certificate_gets_through() {
    let identity = TlsIdentity::self_signed().unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(identity.cert_pem.as_bytes()).unwrap()).unwrap();
    let amp = Amp::start(AmpConfig { tls: Some(identity), ..AmpConfig::default() }).await.unwrap();
    assert!(amp.url().starts_with("https://127.0.0.1:"));
    let name = || ServerName::try_from("127.0.0.1").unwrap();
    let stream = TcpStream::connect(amp.address()).await.unwrap();
    assert!(client(RootCertStore::empty()).connect(name(), stream).await.is_err());
    let stream = TcpStream::connect(amp.address()).await.unwrap();
    let stream = client(roots).connect(name(), stream).await.unwrap();
    let headers = [("accept", "application/json")];
    let answer =
        http::over(stream, "POST", "/API/Core/GetModuleInfo", &headers, "{}").await.unwrap();
    assert_eq!(answer.json()["Name"], "ADS");
}

#[tokio::test]
async fn a_panel_may_refuse_every_handshake_for_a_while() {
    let identity = TlsIdentity::self_signed().unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(identity.cert_pem.as_bytes()).unwrap()).unwrap();
    let amp = Amp::start(AmpConfig { tls: Some(identity), ..AmpConfig::default() }).await.unwrap();
    let connector = client(roots);
    let shake = async || {
        let stream = TcpStream::connect(amp.address()).await.unwrap();
        let name = ServerName::try_from("127.0.0.1").unwrap();
        connector.connect(name, stream).await.is_ok()
    };
    amp.faults().refuse_tls();
    assert!(!shake().await && !amp.faults().is_down());
    amp.faults().clear();
    assert!(shake().await);
}

#[tokio::test]
async fn what_is_no_certificate_is_said_at_the_start() {
    let identity = TlsIdentity { cert_pem: "rubbish".to_owned(), key_pem: String::new() };
    assert!(Amp::start(AmpConfig { tls: Some(identity), ..AmpConfig::default() }).await.is_err());
}
