//! From an invited bot to panels in their channels.

mod panels;
mod start;
