//! Stories: what people do on a server and what must hold afterwards, over real sockets, with a
//! real database and the real bot.

mod log;
mod scene;

mod audit;
mod backup;
mod book;
mod checklist;
mod create;
mod direct_servers;
mod doctor;
mod drift;
mod edit;
mod files;
mod fleet;
mod full_disk;
mod lifecycle;
mod manual;
mod matrix;
mod migrate;
mod monitoring;
mod program;
mod rights;
mod run;
mod seats;
mod servers;
mod service;
mod settings;
mod setup;
mod smoke;
mod soak;
mod standalone;
mod trouble;
mod values;
mod watch;
mod words;
