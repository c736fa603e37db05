//! A small real bot: gateway shard and HTTP client.

use sandbox::Sandbox;
use twilight_gateway::{
    ConfigBuilder, Event, EventTypeFlags, Intents, Shard, ShardId, StreamExt as _,
};
use twilight_http::Client;
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;

pub struct Bot {
    pub http: Client,
    pub shard: Shard,
    pub application: Id<ApplicationMarker>,
}

impl Bot {
    pub async fn start(sandbox: &Sandbox, intents: Intents) -> Self {
        // Another test may have installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let token = sandbox.token().to_owned();
        let http = Client::builder()
            .token(token.clone())
            .proxy(sandbox.address().to_string(), true)
            .ratelimiter(None)
            .build();
        let gateway = http.gateway().authed().await.unwrap().model().await.unwrap();
        let config = ConfigBuilder::new(token, intents).proxy_url(gateway.url).build();
        let shard = Shard::with_config(ShardId::ONE, config);
        let application = http.current_user_application().await.unwrap().model().await.unwrap().id;
        Self { http, shard, application }
    }

    /// The next event that `pick` accepts. Panics on an event that cannot be parsed.
    pub async fn wait<T>(&mut self, mut pick: impl FnMut(Event) -> Option<T>) -> T {
        let search = async {
            loop {
                let event = self.shard.next_event(EventTypeFlags::all()).await.unwrap().unwrap();
                if let Some(found) = pick(event) {
                    return found;
                }
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(5), search).await.unwrap()
    }
}
