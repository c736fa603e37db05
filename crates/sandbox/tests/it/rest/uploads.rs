//! Files.

use sandbox::world::Permissions;
use serde_json::{Value, json};

use super::client::{Answer, Api, USUAL};

async fn upload(api: &Api, payload: Value, size: usize) -> Answer {
    let mut body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{payload}\r\n--B\r\n\
         Content-Disposition: form-data; name=\"files[0]\"; filename=\"my board.png\"\r\nContent-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    body.resize(body.len() + size, b'x');
    body.extend_from_slice(b"\r\n--B--\r\n");
    let path = format!("{}/messages", api.general());
    api.send("POST", &path, "multipart/form-data; boundary=B", "", &body).await
}

#[tokio::test]
async fn a_file_becomes_an_attachment() {
    let api = Api::club(USUAL | Permissions::ATTACH_FILES).await;
    let described = json!({"attachments": [{"id": 0, "description": "the board"}]});
    let made = upload(&api, described, 5).await.ok();
    let file = &made["attachments"][0];
    assert_eq!((&file["filename"], &file["size"]), (&json!("my_board.png"), &json!(5)));
    assert_eq!(
        (&file["description"], &file["content_type"]),
        (&json!("the board"), &json!("image/png"))
    );
    let one = format!("{}/messages/{}", api.general(), made["id"].as_str().unwrap());
    let kept = json!({"content": "x", "attachments": [{"id": file["id"]}]});
    assert_eq!(api.patch(&one, kept).await.ok()["attachments"][0]["id"], file["id"]);
    let gone = api.patch(&one, json!({"attachments": []})).await.ok();
    assert_eq!(gone["attachments"], json!([]));
}

#[tokio::test]
async fn files_that_are_missing_or_too_big() {
    let api = Api::club(USUAL | Permissions::ATTACH_FILES).await;
    let wrong = upload(&api, json!({"attachments": [{"id": 3}]}), 5).await;
    assert_eq!(wrong.field("attachments.0"), "ATTACHMENT_NOT_FOUND");
    let big = upload(&api, json!({"content": "x"}), 10 * 1024 * 1024 + 1).await;
    assert_eq!(big.refusal(), (413, 40_005));
    let deny = json!({"type": 0, "deny": "32768"});
    api.put(&format!("{}/permissions/{}", api.general(), api.guild.id()), deny).await;
    assert_eq!(upload(&api, json!({"content": "x"}), 5).await.refusal(), (403, 50_013));
}
