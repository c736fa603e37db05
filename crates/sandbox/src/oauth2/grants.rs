//! Codes and tokens, bounded.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::{CODE_LIFE, TOKEN_LIFE};
use crate::clock::{Millis, to_millis};
use crate::id::UserId;
use crate::interactions::random_token;

/// What a user allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) user: UserId,
    pub(crate) scopes: Vec<String>,
    pub(crate) expires_ms: Millis,
}

impl Access {
    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|one| one == scope)
    }
}

#[derive(Clone, Debug)]
struct Code {
    access: Access,
    redirect: String,
}

/// A fresh pair of tokens.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    /// None for client credentials.
    pub(super) refresh_token: Option<String>,
    pub(super) access: Access,
}

/// Why a code is not exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadCode {
    /// Unknown, used or expired.
    Code,
    /// Made for another redirect URI.
    Redirect,
}

/// All grants. Each list forgets its oldest entries.
#[derive(Debug)]
pub(crate) struct Grants {
    codes: Recent<Code>,
    tokens: Recent<Access>,
    refresh: Recent<Access>,
    /// What each user has agreed to so far, for `prompt=none`; no more entries than users.
    agreed: HashMap<UserId, BTreeSet<String>>,
}

impl Grants {
    pub(crate) fn new(keep: usize) -> Self {
        Self {
            codes: Recent::new(keep),
            tokens: Recent::new(keep),
            refresh: Recent::new(keep),
            agreed: HashMap::new(),
        }
    }

    /// A single-use code.
    pub(super) fn code(
        &mut self,
        user: UserId,
        scopes: Vec<String>,
        redirect: &str,
        now: Millis,
    ) -> String {
        self.agreed.entry(user).or_default().extend(scopes.iter().cloned());
        let code = random_token(2).chars().take(30).collect::<String>();
        let access = Access { user, scopes, expires_ms: now.saturating_add(to_millis(CODE_LIFE)) };
        self.codes.put(code.clone(), Code { access, redirect: redirect.to_owned() });
        code
    }

    /// Has the user agreed to all of these before?
    pub(super) fn has_agreed(&self, user: UserId, scopes: &[String]) -> bool {
        let agreed = self.agreed.get(&user);
        agreed.is_some_and(|agreed| scopes.iter().all(|scope| agreed.contains(scope)))
    }

    /// Exchanges a code; whatever comes of it, the code is gone.
    pub(super) fn exchange(
        &mut self,
        code: &str,
        redirect: &str,
        now: Millis,
    ) -> Result<Tokens, BadCode> {
        let found = self.codes.take(code).ok_or(BadCode::Code)?;
        if now >= found.access.expires_ms {
            return Err(BadCode::Code);
        }
        if found.redirect != redirect {
            return Err(BadCode::Redirect);
        }
        Ok(self.issue(found.access.user, found.access.scopes, true, now))
    }

    /// Swaps a refresh token for a new pair; the old one is worthless from now on.
    pub(super) fn renew(&mut self, refresh: &str, now: Millis) -> Option<Tokens> {
        let old = self.refresh.take(refresh)?;
        Some(self.issue(old.user, old.scopes, true, now))
    }

    /// Makes tokens.
    pub(super) fn issue(
        &mut self,
        user: UserId,
        scopes: Vec<String>,
        refreshable: bool,
        now: Millis,
    ) -> Tokens {
        let access = Access { user, scopes, expires_ms: now.saturating_add(to_millis(TOKEN_LIFE)) };
        let access_token = random_token(2);
        self.tokens.put(access_token.clone(), access.clone());
        let refresh_token = refreshable.then(|| random_token(2));
        if let Some(token) = &refresh_token {
            self.refresh.put(token.clone(), access.clone());
        }
        Tokens { access_token, refresh_token, access }
    }

    /// What a token allows now.
    pub(crate) fn access(&self, token: &str, now: Millis) -> Option<&Access> {
        self.tokens.get(token).filter(|access| now < access.expires_ms)
    }

    /// The user behind a token of either kind.
    pub(super) fn owner(&self, token: &str) -> Option<UserId> {
        self.tokens.get(token).or_else(|| self.refresh.get(token)).map(|access| access.user)
    }

    /// Ends everything a user has granted: "revoking any one token revokes all of the authorization".
    pub(super) fn revoke(&mut self, user: UserId) {
        self.agreed.remove(&user);
        self.codes.drop_all(|code| code.access.user == user);
        self.tokens.drop_all(|access| access.user == user);
        self.refresh.drop_all(|access| access.user == user);
    }
}

/// A map that forgets its oldest entries.
#[derive(Debug)]
struct Recent<V> {
    map: HashMap<String, V>,
    order: VecDeque<String>,
    keep: usize,
}

impl<V> Recent<V> {
    fn new(keep: usize) -> Self {
        Self { map: HashMap::new(), order: VecDeque::new(), keep: keep.max(1) }
    }

    fn put(&mut self, key: String, value: V) {
        while self.order.len() >= self.keep {
            let Some(oldest) = self.order.pop_front() else { break };
            self.map.remove(&oldest);
        }
        self.order.push_back(key.clone());
        self.map.insert(key, value);
    }

    fn get(&self, key: &str) -> Option<&V> {
        self.map.get(key)
    }

    fn take(&mut self, key: &str) -> Option<V> {
        self.map.remove(key)
    }

    fn drop_all(&mut self, gone: impl Fn(&V) -> bool) {
        self.map.retain(|_, value| !gone(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_token_makes_room() {
        let mut grants = Grants::new(2);
        let user = UserId(1);
        let first = grants.issue(user, Vec::new(), false, 0).access_token;
        let second = grants.issue(user, Vec::new(), false, 0).access_token;
        let third = grants.issue(user, Vec::new(), false, 0).access_token;
        assert!(grants.access(&first, 0).is_none());
        assert!(grants.access(&second, 0).is_some() && grants.access(&third, 0).is_some());
    }
}
