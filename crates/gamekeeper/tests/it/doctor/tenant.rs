//! Whose a database on a shared PostgreSQL server is: somebody with a good password, who may make
//! databases and nothing else. What such a user is not told, the doctor does not know either.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use gamekeeper::stage::verbs::Told;
use sea_orm::{ConnectionTrait as _, Database};

use super::house::told;

/// The server of the tests lets everybody in, so that any will do.
const PASSWORD: &str = "long-enough-a-password";

pub(super) struct Tenant {
    /// The server, by its administrator.
    landlord: String,
    pub(super) name: String,
}

impl Tenant {
    /// A new one on this server.
    pub(super) async fn move_in(landlord: String) -> Told<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let now = told(SystemTime::now().duration_since(UNIX_EPOCH))?.as_millis();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tenant_{now}_{}_{count}", std::process::id());
        let tenant = Self { landlord, name };
        tenant
            .ask(&format!("CREATE ROLE {} LOGIN CREATEDB PASSWORD '{PASSWORD}'", tenant.name))
            .await?;
        Ok(tenant)
    }

    /// The server's address, by this tenant.
    pub(super) fn server(&self) -> String {
        let (scheme, rest) =
            self.landlord.split_once("://").unwrap_or(("postgres", &self.landlord));
        let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
        format!("{scheme}://{}:{PASSWORD}@{place}", self.name)
    }

    /// The server's own database, by its administrator.
    pub(super) fn landlords(&self) -> String {
        format!("{}/postgres", self.landlord.trim_end_matches('/'))
    }

    /// Has the administrator do something.
    pub(super) async fn ask(&self, statement: &str) -> Told<()> {
        let db = told(Database::connect(self.landlords()).await)?;
        let done = told(db.execute_unprepared(statement).await);
        told(db.close().await)?;
        done.map(drop)
    }

    /// Gone. What was this tenant's has to be gone before.
    pub(super) async fn move_out(self) -> Told<()> {
        self.ask(&format!("DROP ROLE {}", self.name)).await
    }
}
