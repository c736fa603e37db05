//! How many rows a click makes PostgreSQL touch, in a database of a million seats. The server
//! itself reports each statement's plan with what really happened (auto_explain).

use std::{
    fmt,
    sync::{Arc, Mutex},
};

use serde_json::Value;
use store::{Store, StoreConfig};
use tracing_subscriber::{Layer, field, layer::SubscriberExt};

use crate::{both::on_postgres, crowd, indexes::use_everything};

/// Rows that a statement may touch: what the largest guild has of what is asked for, and no more.
const MOST: f64 = 1_500.0;
/// Has the server tell each statement's plan and what became of it, as a notice. Prepared
/// statements are planned without a look at their values, as they are when they come often.
const TELL: &str = "options=-c session_preload_libraries=auto_explain \
     -c auto_explain.log_min_duration=0 -c auto_explain.log_analyze=on \
     -c auto_explain.log_timing=off -c auto_explain.log_format=json \
     -c auto_explain.log_level=notice -c max_parallel_workers_per_gather=0 \
     -c plan_cache_mode=force_generic_plan";

/// Collects the plans that the server tells.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<Value>>>);

impl<S: tracing::Subscriber> Layer<S> for Heard {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        if event.metadata().target() == "sqlx::postgres::notice" {
            let mut text = Text::default();
            event.record(&mut text);
            // "duration: 0.1 ms  plan:", and the plan from the next line on.
            if let Some((_, plan)) = text.0.split_once("plan:\n") {
                self.0.lock().unwrap().push(serde_json::from_str(plan).unwrap());
            }
        }
    }
}

#[derive(Default)]
struct Text(String);

impl field::Visit for Text {
    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        if field.name() == "message" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

/// Rows that a step of a plan and those beneath it looked at, whether they were wanted or not.
fn touched(step: &Value) -> f64 {
    let number = |name| step.get(name).and_then(Value::as_f64).unwrap_or_default();
    let own = number("Actual Rows")
        + number("Rows Removed by Filter")
        + number("Rows Removed by Index Recheck")
        + number("Rows Removed by Join Filter");
    let beneath = step.get("Plans").and_then(Value::as_array).into_iter().flatten();
    own * number("Actual Loops") + beneath.map(touched).sum::<f64>()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_click_touches_many_rows_of_a_crowd() {
    let heard = Heard::default();
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(heard.clone()))
        .unwrap();
    on_postgres(|db| async move {
        let store = db.open().await;
        let raw = db.past_the_store().await;
        crowd::fill(&raw).await;
        store.close().await.unwrap();
        let url = format!("{}?{}", db.config.url, TELL.replace(' ', "%20"));
        let store = Store::open(&StoreConfig::new(url, 2)).await.unwrap();
        heard.0.lock().unwrap().clear();
        use_everything(&store).await;
        store.close().await.unwrap();
        let plans = std::mem::take(&mut *heard.0.lock().unwrap());
        assert!(plans.len() > 60, "the server told too little: {}", plans.len());
        let mut slow = Vec::new();
        for plan in &plans {
            let touched = touched(&plan["Plan"]);
            if touched > MOST {
                slow.push(format!("{touched} rows: {}\n{plan}", plan["Query Text"]));
            }
        }
        assert!(slow.is_empty(), "{}", slow.join("\n\n"));
    })
    .await;
}
