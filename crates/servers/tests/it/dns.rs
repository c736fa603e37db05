//! A name server that knows one kind of record, over a real socket.

use std::net::SocketAddr;

use tokio::net::UdpSocket;

/// Answers questions for SRV records from this list: name, priority, target, port. Everything else
/// does not exist.
pub(crate) async fn srv(records: &'static [(&'static str, u16, &'static str, u16)]) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut asked = [0; 512];
        loop {
            let (length, peer) = socket.recv_from(&mut asked).await.unwrap();
            socket.send_to(&answer(&asked[..length], records), peer).await.unwrap();
        }
    });
    at
}

/// RFC 1035, 4: a head of twelve bytes, the question, the answers.
fn answer(asked: &[u8], records: &[(&str, u16, &str, u16)]) -> Vec<u8> {
    let mut labels = Vec::new();
    let mut at = 12;
    while asked[at] != 0 {
        let length = usize::from(asked[at]);
        labels.push(String::from_utf8(asked[at + 1..=at + length].to_vec()).unwrap());
        at += length + 1;
    }
    let question = &asked[12..at + 5];
    let name = labels.join(".").to_lowercase();
    let found: Vec<_> = records.iter().filter(|record| record.0 == name).collect();
    // An answer, from one who may ask others; a name that is not known is code 3.
    let flags = [0x81, if found.is_empty() { 0x83 } else { 0x80 }];
    let count = u8::try_from(found.len()).unwrap();
    let mut said = [&asked[..2], &flags, &[0, 1, 0, count, 0, 0, 0, 0], question].concat();
    for (_, priority, target, port) in found {
        let mut data = [priority.to_be_bytes(), [0, 0], port.to_be_bytes()].concat();
        for label in target.split('.') {
            data.push(u8::try_from(label.len()).unwrap());
            data.extend(label.as_bytes());
        }
        data.push(0);
        // The name of the question again, SRV, internet, for no time at all.
        said.extend([0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 0]);
        said.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        said.extend(data);
    }
    said
}
