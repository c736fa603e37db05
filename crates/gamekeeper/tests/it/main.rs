//! Stories: what people do on a server and what must hold afterwards, over real sockets, with a
//! real database and the real bot.

mod scene;

mod drift;
mod trouble;
