//! What takes how long, to an OpenTelemetry collector. Only with the feature `otlp`.
//!
//! Interactions, looks at games and calls to Discord are spans; their values are ids and kinds, as in
//! the log.

use std::time::Duration;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::{Layer, filter::filter_fn, registry::LookupSpan};

/// How long sending some may take.
const WITHIN: Duration = Duration::from_secs(10);

/// Whoever sends them.
#[derive(Clone)]
pub(super) struct Spans(SdkTracerProvider);

impl Spans {
    /// Starts the thread that sends; none if it cannot be.
    pub(super) fn start(url: &str) -> Option<Self> {
        // It sends from a thread of its own, so that its client may block.
        let client = std::thread::spawn(|| {
            reqwest::blocking::Client::builder().timeout(WITHIN).build().ok()
        });
        let exporter = opentelemetry_otlp::SpanExporter::builder()
            .with_http()
            .with_http_client(client.join().ok()??)
            .with_endpoint(format!("{}/v1/traces", url.trim_end_matches('/')))
            .with_timeout(WITHIN)
            .build()
            .ok()?;
        let resource = Resource::builder().with_service_name("gamekeeper").build();
        let provider = SdkTracerProvider::builder().with_batch_exporter(exporter);
        Some(Self(provider.with_resource(resource).build()))
    }

    pub(super) fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        let tracer = self.0.tracer("gamekeeper");
        tracing_opentelemetry::layer().with_tracer(tracer).with_filter(filter_fn(is_ours))
    }

    /// Sends what is left.
    pub(super) fn flush(&self) {
        // What cannot be sent is lost, and nobody waits for it.
        drop(self.0.force_flush());
    }
}

/// Spans of our own rooms; lines are the log's.
fn is_ours(what: &Metadata<'_>) -> bool {
    let room = what.target().split("::").next().unwrap_or_default();
    what.is_span() && *what.level() <= Level::DEBUG && super::ROOMS.contains(&room)
}
