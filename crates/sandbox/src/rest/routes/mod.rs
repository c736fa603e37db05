//! The routes, one file per area. Each file declares its routes in one `ROUTES` table.

mod audit;
mod bootstrap;
mod channels;
mod commands;
mod expressions;
mod guilds;
mod members;
pub(crate) mod messages;
mod pins;
mod reactions;
mod roles;
mod threads;
mod users;
pub(crate) mod webhooks;

use super::route::Route;

/// All tables.
pub(super) static ALL: &[&[Route]] = &[
    audit::ROUTES,
    bootstrap::ROUTES,
    channels::ROUTES,
    commands::ROUTES,
    expressions::ROUTES,
    guilds::ROUTES,
    members::ROUTES,
    messages::ROUTES,
    pins::ROUTES,
    reactions::ROUTES,
    roles::ROUTES,
    threads::ROUTES,
    users::ROUTES,
    webhooks::ROUTES,
    crate::interactions::routes::ROUTES,
    crate::oauth2::routes::ROUTES,
];
