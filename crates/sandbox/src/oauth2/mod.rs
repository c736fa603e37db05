//! Signing in with Discord (topics/oauth2): the consent page, codes, tokens and what programs need to skip the page.

mod authorize;
mod grants;
mod page;
mod request;
pub(crate) mod routes;
mod token;

use std::time::Duration;

pub(crate) use authorize::router;
pub(crate) use grants::{Access, Grants};
pub use request::{AuthorizeError, Consent};

use crate::id::UserId;
use crate::sandbox::Sandbox;

/// How long a code may be exchanged. Undocumented; ten minutes is what RFC 6749 recommends at most.
pub const CODE_LIFE: Duration = Duration::from_mins(10);

/// How long an access token works: the documented 604800 seconds.
pub const TOKEN_LIFE: Duration = Duration::from_hours(7 * 24);

/// Redirect URIs an application may register, as in the developer portal.
pub const MAX_REDIRECTS: usize = 10;

/// The application's OAuth2 settings, and consent without a browser.
#[derive(Clone, Copy, Debug)]
pub struct OAuth2<'a> {
    sandbox: &'a Sandbox,
}

impl<'a> OAuth2<'a> {
    pub(crate) fn new(sandbox: &'a Sandbox) -> Self {
        Self { sandbox }
    }

    /// The application's client secret.
    pub fn client_secret(&self) -> String {
        self.sandbox.world().application.client_secret.clone()
    }

    /// Where people may be sent back to. Compared letter by letter.
    pub fn redirects(&self) -> Vec<String> {
        self.sandbox.world().application.redirect_uris.clone()
    }

    /// Registers one more redirect URI. False when there are [`MAX_REDIRECTS`] already.
    pub fn register(&self, uri: &str) -> bool {
        let mut world = self.sandbox.world();
        let list = &mut world.application.redirect_uris;
        if list.iter().any(|one| one == uri) {
            return true;
        }
        let room = list.len() < MAX_REDIRECTS;
        if room {
            list.push(uri.to_owned());
        }
        room
    }

    /// Takes all redirect URIs back.
    pub fn forget_redirects(&self) {
        self.sandbox.world().application.redirect_uris.clear();
    }

    /// `user` clicks Authorize without a browser: the code and where the browser would go.
    pub fn consent(
        &self,
        user: UserId,
        scopes: &str,
        redirect: &str,
        state: Option<&str>,
    ) -> Result<Consent, AuthorizeError> {
        request::Request::of(self.sandbox, scopes, redirect, state)?.approve(self.sandbox, user)
    }

    /// Ends everything `user` has granted the application, as the "Authorized Apps" page does.
    pub fn revoke(&self, user: UserId) {
        self.sandbox.world().grants.revoke(user);
    }
}
