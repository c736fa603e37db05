//! The REST routes, each with what goes well, who may not, what is not there and which limit holds.

mod audit;
mod categories;
mod channels;
mod client;
mod deletion;
mod dms;
mod members;
mod messages;
mod overwrites;
mod panels;
mod permissions;
mod pins;
mod positions;
mod roles;
mod story;
mod threads;
mod uploads;
mod webhooks;
