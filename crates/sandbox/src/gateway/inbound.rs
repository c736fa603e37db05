//! The incoming side of a connection.

use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};

use super::connection::{Connection, End};
use super::handshake::{self, Refusal};
use super::members;
use super::payload::{close, dispatch, frame, op};

/// Largest client message (events/gateway, "Sending Events").
const MAX_INBOUND: usize = 4_096;

impl Connection {
    pub(super) async fn receive(&mut self, bytes: &[u8]) -> Result<(), End> {
        if bytes.len() > MAX_INBOUND {
            return Err(self.refuse(close::DECODE, "message over 4096 bytes"));
        }
        self.count_message()?;
        let Ok(message) = serde_json::from_slice::<Value>(bytes) else {
            return Err(self.refuse(close::DECODE, "message is not JSON"));
        };
        let data = message.get("d").unwrap_or(&Value::Null);
        let Some(code) = message.get("op").and_then(Value::as_u64) else {
            return Err(self.refuse(close::DECODE, "message without op"));
        };
        match code {
            op::HEARTBEAT => self.heartbeat().await,
            op::IDENTIFY | op::RESUME if self.session.is_some() => {
                Err(self.refuse(close::ALREADY_IDENTIFIED, "second identify"))
            }
            op::IDENTIFY => self.identify(data).await,
            op::RESUME => self.resume(data).await,
            op::PRESENCE | op::VOICE_STATE | op::REQUEST_MEMBERS | op::REQUEST_SOUNDBOARD => {
                let Some(session) = self.session.clone() else {
                    return Err(self.refuse(close::NOT_AUTHENTICATED, "message before identify"));
                };
                if code == op::REQUEST_MEMBERS {
                    members::request(&self.sandbox, &session, data);
                }
                Ok(())
            }
            _ => Err(self.refuse(close::UNKNOWN_OP, "unknown opcode")),
        }
    }

    async fn heartbeat(&mut self) -> Result<(), End> {
        self.heard();
        if self.sandbox.hub().moods.acks_muted.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.send(frame(op::HEARTBEAT_ACK, &Value::Null)).await
    }

    async fn identify(&mut self, data: &Value) -> Result<(), End> {
        let delay = self.sandbox.hub().moods.ready_delay_ms.load(Ordering::Relaxed);
        if delay > 0 {
            tokio::time::sleep(Duration::from_millis(delay)).await;
        }
        match handshake::identify(&self.sandbox, data, self.id) {
            Ok((session, ready)) => {
                self.session = Some(session);
                let ready = ready.to_string();
                let text = dispatch("READY", 1, &ready);
                self.log("READY", 1, ready);
                self.send(text).await
            }
            Err(refusal) => self.refused(&refusal).await,
        }
    }

    async fn resume(&mut self, data: &Value) -> Result<(), End> {
        match handshake::resume(&self.sandbox, data, self.id) {
            Ok(session) => {
                self.resumed_at = Some(session.newest());
                self.session = Some(session);
                Ok(())
            }
            Err(refusal) => self.refused(&refusal).await,
        }
    }

    async fn refused(&mut self, refusal: &Refusal) -> Result<(), End> {
        match refusal {
            Refusal::Close(code) => Err(End::Close(*code)),
            Refusal::Invalid => self.send(frame(op::INVALID_SESSION, &json!(false))).await,
        }
    }

    /// 120 messages a minute, else 4008 (events/gateway, "Rate Limiting").
    fn count_message(&mut self) -> Result<(), End> {
        let now = self.sandbox.clock().now_ms();
        if now - self.window.0 >= 60_000 {
            self.window = (now, 0);
        }
        self.window.1 += 1;
        if self.window.1 > self.sandbox.limits().config().gateway_messages_per_minute {
            return Err(self.refuse(close::RATE_LIMITED, "too many messages a minute"));
        }
        Ok(())
    }
}
