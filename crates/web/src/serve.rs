//! The server: whoever asks gets an answer soon, and nobody can hold it for long.

use std::{sync::Arc, time::Duration};

use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

use crate::Pages;

/// Connections at once. The next ones wait in the kernel's queue.
const AT_ONCE: usize = 32;
/// How long the head of a request may take.
const HEAD_WITHIN: Duration = Duration::from_secs(5);
/// How long a connection lives, whatever it does. Each has one request.
const LIFE: Duration = Duration::from_secs(10);
/// Largest head of a request, in bytes.
const HEAD: usize = 16 * 1024;
/// After an error of the kernel's, such as no free file, before it is asked again.
const REST: Duration = Duration::from_millis(200);

/// Answers until it is stopped.
pub async fn serve(listener: TcpListener, pages: Pages, stop: CancellationToken) {
    let service = TowerToHyperService::new(pages.router());
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let answer = |stream: TcpStream| {
        let service = service.clone();
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_WITHIN)
            .keep_alive(false)
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(stream), service);
        // What goes wrong on the way is the other side's to notice.
        async move { drop(timeout(LIFE, connection).await) }
    };
    let accept = async {
        loop {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, _)) => {
                    let answer = answer(stream);
                    tokio::spawn(async move {
                        answer.await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::debug!(%error, "a connection to our own pages was not taken");
                    tokio::time::sleep(REST).await;
                }
            }
        }
    };
    stop.run_until_cancelled(accept).await;
}
