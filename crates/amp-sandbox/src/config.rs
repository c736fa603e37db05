//! What a panel is started with.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::profile::Profile;
use crate::spec::InstanceSpec;

/// Start-up settings. `Default` gives a quiet controller of the default profile on a free port.
#[derive(Clone, Debug)]
pub struct AmpConfig {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The version that is played; a switch may change it later.
    pub profile: Profile,
    /// Of ids, tokens and everything random.
    pub seed: u64,
    /// No controller: this instance alone, at the base address.
    pub single_instance: Option<InstanceSpec>,
    /// HTTPS with this certificate.
    pub tls: Option<TlsIdentity>,
    /// Requests kept in the log; the oldest go first.
    pub request_log: usize,
}

impl Default for AmpConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            profile: Profile::default(),
            seed: 1,
            single_instance: None,
            tls: None,
            request_log: 4_096,
        }
    }
}

/// The textual form (RFC 7468): Base64 in lines of 64 letters.
fn pem(kind: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines = text.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line) + "\n");
    format!("-----BEGIN {kind}-----\n{}-----END {kind}-----\n", lines.collect::<String>())
}

/// A certificate and its key.
#[derive(Clone)]
pub struct TlsIdentity {
    /// The certificate chain.
    pub cert_pem: String,
    /// Its private key.
    pub key_pem: String,
}

impl fmt::Debug for TlsIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TlsIdentity").field("cert_pem", &self.cert_pem).finish_non_exhaustive()
    }
}

impl TlsIdentity {
    /// A new one for `localhost` and 127.0.0.1 that nobody but itself vouches for, as most panels at home have.
    pub fn self_signed() -> io::Result<Self> {
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let made = rcgen::generate_simple_self_signed(names).map_err(io::Error::other)?;
        Ok(Self {
            cert_pem: pem("CERTIFICATE", made.cert.der()),
            key_pem: pem("PRIVATE KEY", &made.signing_key.serialize_der()),
        })
    }

    pub(crate) fn server(&self) -> io::Result<Arc<ServerConfig>> {
        let wrong = |problem: rustls::pki_types::pem::Error| {
            io::Error::new(io::ErrorKind::InvalidInput, problem)
        };
        let chain = CertificateDer::pem_slice_iter(self.cert_pem.as_bytes());
        let chain = chain.collect::<Result<Vec<_>, _>>().map_err(wrong)?;
        let key = PrivateKeyDer::from_pem_slice(self.key_pem.as_bytes()).map_err(wrong)?;
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(ring)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key));
        config.map(Arc::new).map_err(|problem| io::Error::new(io::ErrorKind::InvalidInput, problem))
    }
}
