//! Signing in with Discord, as a web application sees it.

use std::time::Duration;

use sandbox::actor::{Actor, GuildHandle};
use sandbox::oauth2::AuthorizeError;
use sandbox::world::Permissions;
use sandbox::{Config, Sandbox};
use serde_json::{Value, json};

use crate::control::{call, good};
use crate::http::{Answer, raw};

const BACK: &str = "http://localhost:9000/back";
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// A web application beside a club with Alice.
struct Web {
    sandbox: Sandbox,
    guild: GuildHandle,
    alice: Actor,
}

impl Web {
    async fn new() -> Self {
        let config = Config { redirect_uris: vec![BACK.to_owned()], ..Config::default() };
        let sandbox = Sandbox::start(config).await.unwrap();
        sandbox.clock().freeze();
        let guild =
            sandbox.new_guild("Club").member("Alice").bot(Permissions::ADMINISTRATOR).build();
        let alice = guild.actor("Alice");
        Self { sandbox, guild, alice }
    }

    fn link(&self, more: &str) -> String {
        format!(
            "/oauth2/authorize?response_type=code&client_id={}{more}",
            self.sandbox.application_id()
        )
    }

    /// The link the application sends browsers to.
    fn usual(&self) -> String {
        self.link("&scope=identify%20guilds&state=a%26b&redirect_uri=http%3A%2F%2Flocalhost%3A9000%2Fback")
    }

    async fn browse(&self, path: &str, cookie: &str) -> Answer {
        raw(&self.sandbox, "GET", path, &[("cookie", cookie)], b"").await
    }

    async fn press(&self, path: &str, form: &str) -> Answer {
        raw(&self.sandbox, "POST", path, &[FORM], form.as_bytes()).await
    }

    fn code(&self, scopes: &str) -> String {
        self.sandbox.oauth2().consent(self.alice.id(), scopes, BACK, None).unwrap().code
    }

    /// The token URL with the client in the form.
    async fn token(&self, form: &str) -> Answer {
        let (id, secret) = (self.sandbox.application_id(), self.sandbox.oauth2().client_secret());
        let form = format!("{form}&client_id={id}&client_secret={secret}");
        raw(&self.sandbox, "POST", "/api/v10/oauth2/token", &[FORM], form.as_bytes()).await
    }

    async fn exchange(&self, code: &str) -> Answer {
        self.token(&format!("grant_type=authorization_code&code={code}&redirect_uri={BACK}")).await
    }

    async fn tokens(&self, scopes: &str) -> Value {
        let answer = self.exchange(&self.code(scopes)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    async fn get(&self, path: &str, token: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        raw(&self.sandbox, "GET", &format!("/api/v10{path}"), &[("authorization", &bearer)], b"")
            .await
    }
}

fn text<'a>(tokens: &'a Value, key: &str) -> &'a str {
    tokens[key].as_str().unwrap_or_else(|| panic!("no {key} in {tokens}"))
}

fn refusal(answer: &Answer) -> (u16, u64) {
    (answer.status, answer.json()["code"].as_u64().unwrap())
}

#[tokio::test]
async fn a_person_agrees_on_the_page_and_comes_back_with_a_code() {
    let web = Web::new().await;
    let page = web.browse(&web.usual(), "").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Alice") && page.body.contains("Authorize"), "{}", page.body);
    let form = format!("user={}&answer=authorize", web.alice.id());
    let back = web.press(&web.usual(), &form).await;
    assert_eq!(back.status, 302);
    let location = back.header("location").unwrap();
    let code = location.strip_prefix(&format!("{BACK}?code=")).unwrap();
    let code = code.strip_suffix("&state=a%26b").unwrap_or_else(|| panic!("{location}"));
    let tokens = web.exchange(code).await;
    assert_eq!(tokens.status, 200);
    let tokens = tokens.json();
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(604_800)));
    assert_eq!(tokens["scope"], "guilds identify");
    let me = web.get("/users/@me", text(&tokens, "access_token")).await.json();
    assert_eq!((&me["id"], &me["username"]), (&json!(web.alice.id()), &json!("alice")));
    assert_eq!(me.get("email"), None, "not asked for");
}

#[tokio::test]
async fn a_person_refuses() {
    let web = Web::new().await;
    let back = web.press(&web.usual(), "answer=cancel").await;
    let location = back.header("location").unwrap();
    assert!(location.starts_with(&format!("{BACK}?error=access_denied&")), "{location}");
    assert!(location.ends_with("&state=a%26b"), "{location}");
}

#[tokio::test]
async fn who_agreed_before_is_not_asked_again_with_prompt_none() {
    let web = Web::new().await;
    let silent = format!("{}&prompt=none", web.usual());
    let cookie = format!("theme=dark; sandbox_user={}", web.alice.id());
    assert_eq!(web.browse(&silent, &cookie).await.status, 200, "she has to agree once");
    let form = format!("user={}&answer=authorize", web.alice.id());
    let back = web.press(&silent, &form).await;
    assert!(
        back.header("set-cookie").unwrap().starts_with(&format!("sandbox_user={}", web.alice.id()))
    );
    assert_eq!(web.browse(&silent, &cookie).await.status, 302);
    assert_eq!(web.browse(&silent, "").await.status, 200, "nobody is signed in");
    assert_eq!(web.browse(&web.usual(), &cookie).await.status, 200, "consent is the default");
    let more = silent.replace("scope=identify", "scope=email%20identify");
    assert_eq!(web.browse(&more, &cookie).await.status, 200, "she did not agree to that");
    web.sandbox.oauth2().revoke(web.alice.id());
    assert_eq!(web.browse(&silent, &cookie).await.status, 200);
}

#[tokio::test]
async fn links_that_are_wrong() {
    let web = Web::new().await;
    for more in [
        "&scope=identify&redirect_uri=http://evil",
        "&scope=identify&redirect_uri=http://localhost:9000/back/",
    ] {
        let page = web.browse(&web.link(more), "").await;
        assert_eq!((page.status, page.header("location")), (400, None), "{more}");
        assert!(page.body.contains("Invalid OAuth2 redirect_uri"));
    }
    let other = "/oauth2/authorize?client_id=1&response_type=code&scope=identify";
    assert!(web.browse(other, "").await.body.contains("Unknown Application"));
    let scope = web.browse(&web.link("&scope=identify%20world"), "").await;
    assert!(scope.header("location").unwrap().starts_with(&format!("{BACK}?error=invalid_scope")));
    let kind = web.link("&scope=identify").replace("=code", "=token");
    let kind = web.browse(&kind, "").await;
    let location = kind.header("location").unwrap();
    assert!(location.starts_with(&format!("{BACK}?error=unsupported_response_type")), "{location}");
    let script = web.press(&web.usual(), "answer=authorize&user=%3Cscript%3E").await;
    assert_eq!(script.status, 400);
    assert!(!script.body.contains("<script>"));
    let state = web.browse(&format!("{}%22%3E%3Cscript%3E", web.usual()), "").await;
    assert!(!state.body.contains("<script>"), "{}", state.body);
}

#[tokio::test]
async fn a_code_works_once_for_ten_minutes_and_one_address() {
    let web = Web::new().await;
    let code = web.code("identify");
    assert_eq!(web.exchange(&code).await.status, 200);
    let again = web.exchange(&code).await;
    let expected =
        json!({"error": "invalid_grant", "error_description": "Invalid \"code\" in request."});
    assert_eq!((again.status, again.json()), (400, expected));
    let code = web.code("identify");
    web.sandbox.clock().advance(Duration::from_mins(10));
    assert_eq!(web.exchange(&code).await.json()["error"], "invalid_grant");
    let code = web.code("identify");
    let elsewhere = format!("grant_type=authorization_code&code={code}&redirect_uri=http://x");
    assert_eq!(web.token(&elsewhere).await.json()["error"], "invalid_request");
    assert_eq!(web.exchange(&code).await.json()["error"], "invalid_grant", "it is used up");
}

#[tokio::test]
async fn the_client_proves_itself_by_basic_or_form() {
    let web = Web::new().await;
    let form = "grant_type=client_credentials&scope=identify";
    assert_eq!(web.token(form).await.json().get("refresh_token"), None);
    let wrong = format!("{form}&client_id={}&client_secret=no", web.sandbox.application_id());
    let path = "/api/oauth2/token";
    let refused = raw(&web.sandbox, "POST", path, &[FORM], wrong.as_bytes()).await;
    assert_eq!((refused.status, refused.json()), (401, json!({"error": "invalid_client"})));
    for (basic, status) in [("Basic !", 401), ("Basic YTpi", 401)] {
        let headers = [FORM, ("authorization", basic)];
        assert_eq!(raw(&web.sandbox, "POST", path, &headers, form.as_bytes()).await.status, status);
    }
    let config = Config {
        application_id: Some(1234),
        client_secret: Some("s3cr&t".to_owned()),
        ..Config::default()
    };
    let known = Sandbox::start(config).await.unwrap();
    // "1234:s3cr%26t", as RFC 6749 wants it, and the same unescaped, as most clients send it.
    for basic in ["Basic MTIzNDpzM2NyJTI2dA==", "Basic MTIzNDpzM2NyJnQ="] {
        let headers = [FORM, ("authorization", basic)];
        let answer = raw(&known, "POST", path, &headers, form.as_bytes()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let bearer = format!("Bearer {}", text(&answer.json(), "access_token"));
        let me = [("authorization", bearer.as_str())];
        let me = raw(&known, "GET", "/api/v10/users/@me", &me, b"").await.json();
        assert_eq!(me["username"], "owner", "the token is the owner's");
    }
}

#[tokio::test]
async fn the_token_url_takes_forms_only() {
    let web = Web::new().await;
    let body = json!({"grant_type": "client_credentials"}).to_string();
    let kind = [("content-type", "application/json")];
    let path = "/api/v10/oauth2/token";
    let refused = raw(&web.sandbox, "POST", path, &kind, body.as_bytes()).await;
    assert_eq!((refused.status, &refused.json()["error"]), (400, &json!("unsupported_grant_type")));
    assert_eq!(web.token("grant_type=password").await.json()["error"], "unsupported_grant_type");
    let none = web.token("grant_type=client_credentials&scope=").await;
    assert_eq!((none.status, &none.json()["error"]), (400, &json!("invalid_scope")));
}

#[tokio::test]
async fn tokens_are_refreshed_run_out_and_are_revoked() {
    let web = Web::new().await;
    let first = web.tokens("identify").await;
    let refresh =
        format!("grant_type=refresh_token&refresh_token={}", text(&first, "refresh_token"));
    web.sandbox.clock().advance(Duration::from_secs(604_799));
    assert_eq!(web.get("/users/@me", text(&first, "access_token")).await.status, 200);
    web.sandbox.clock().advance(Duration::from_secs(1));
    assert_eq!(refusal(&web.get("/users/@me", text(&first, "access_token")).await), (401, 0));
    let second = web.token(&refresh).await.json();
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    assert_eq!(web.get("/users/@me", text(&second, "access_token")).await.status, 200);
    let again = web.token(&refresh).await;
    assert_eq!((again.status, &again.json()["error"]), (400, &json!("invalid_grant")));

    let other = web.tokens("identify").await;
    let (id, secret) = (web.sandbox.application_id(), web.sandbox.oauth2().client_secret());
    let form =
        format!("token={}&client_id={id}&client_secret={secret}", text(&other, "refresh_token"));
    let path = "/api/v10/oauth2/token/revoke";
    assert_eq!(raw(&web.sandbox, "POST", path, &[FORM], form.as_bytes()).await.status, 200);
    for tokens in [&second, &other] {
        assert_eq!(web.get("/users/@me", text(tokens, "access_token")).await.status, 401);
    }
    let unknown = format!("token=x&client_id={id}&client_secret={secret}");
    assert_eq!(raw(&web.sandbox, "POST", path, &[FORM], unknown.as_bytes()).await.status, 200);
    assert_eq!(raw(&web.sandbox, "POST", path, &[FORM], b"token=x").await.status, 401);
}

#[tokio::test]
async fn scopes_open_one_door_each() {
    let web = Web::new().await;
    web.guild.owner().nickname(web.alice.id(), Some("Ally")).unwrap();
    let member = format!("/users/@me/guilds/{}/member", web.guild.id());
    let narrow = web.tokens("email").await;
    let narrow = text(&narrow, "access_token");
    for path in ["/users/@me", "/users/@me/guilds", &member] {
        assert_eq!(refusal(&web.get(path, narrow).await), (403, 50_026), "{path}");
        assert_eq!(refusal(&web.get(path, "made-up").await), (401, 0), "{path}");
    }
    let wide = web.tokens("identify email guilds guilds.members.read").await;
    let wide = text(&wide, "access_token");
    assert_eq!(web.get("/users/@me", wide).await.json()["verified"], true);
    let guilds = web.get("/users/@me/guilds", wide).await.json();
    assert_eq!((&guilds[0]["name"], &guilds[0]["owner"]), (&json!("Club"), &json!(false)));
    assert_eq!(guilds[0]["permissions"], json!(Permissions::DEFAULT_EVERYONE));
    assert_eq!(web.get(&member, wide).await.json()["nick"], "Ally");
    let other = web.sandbox.new_guild("Other").build().id();
    let outside = format!("/users/@me/guilds/{other}/member");
    assert_eq!(refusal(&web.get(&outside, wide).await), (404, 10_004));
    let bot = format!("Bot {}", web.sandbox.token());
    let path = format!("/api/v10{member}");
    let bot = raw(&web.sandbox, "GET", &path, &[("authorization", &bot)], b"").await;
    assert_eq!(refusal(&bot), (403, 20_001));
    assert_eq!(refusal(&web.get("/applications/@me", wide).await), (401, 0), "bots only");

    let about = web.get("/oauth2/@me", wide).await.json();
    assert_eq!(about["scopes"], json!(["email", "guilds", "guilds.members.read", "identify"]));
    assert_eq!(about["user"]["id"], json!(web.alice.id()));
    assert_eq!(about["application"]["id"], json!(web.sandbox.application_id()));
    assert_eq!(web.get("/oauth2/@me", narrow).await.json().get("user"), None);
    assert_eq!(refusal(&web.get("/oauth2/@me", "x").await), (401, 0));
}

#[tokio::test]
async fn programs_sign_in_through_the_control_api() {
    let web = Web::new().await;
    let redirect = json!({"redirect_uri": "http://other/"});
    let about = good(&web.sandbox, "POST", "/oauth2", redirect).await;
    assert_eq!(about["redirect_uris"], json!([BACK, "http://other/"]));
    assert_eq!(about["client_secret"], json!(web.sandbox.oauth2().client_secret()));
    assert_eq!(good(&web.sandbox, "GET", "/oauth2", Value::Null).await, about);
    let grant = json!({"user": web.alice.id(), "scope": "identify", "redirect_uri": "http://other/", "state": "s"});
    let granted = good(&web.sandbox, "POST", "/oauth2/grants", grant).await;
    let code = text(&granted, "code");
    assert_eq!(granted["location"], json!(format!("http://other/?code={code}&state=s")));
    let form = format!("grant_type=authorization_code&code={code}&redirect_uri=http://other/");
    let tokens = web.token(&form).await.json();
    let path = format!("/oauth2/grants/{}", web.alice.id());
    good(&web.sandbox, "DELETE", &path, Value::Null).await;
    assert_eq!(web.get("/users/@me", text(&tokens, "access_token")).await.status, 401);
    good(&web.sandbox, "DELETE", "/oauth2", Value::Null).await;
    let bot = web.sandbox.world().bot();
    let consent = |user, scope| web.sandbox.oauth2().consent(user, scope, BACK, None);
    assert_eq!(consent(web.alice.id(), "identify"), Err(AuthorizeError::Redirect));
    assert!(web.sandbox.oauth2().register(BACK));
    assert_eq!(consent(bot, "identify"), Err(AuthorizeError::User));
    assert_eq!(consent(web.alice.id(), ""), Err(AuthorizeError::Scope));
    for at in 1..10 {
        assert!(web.sandbox.oauth2().register(&format!("http://{at}/")));
    }
    let eleventh = json!({"redirect_uri": "http://eleven/"});
    let (status, refused) = call(&web.sandbox, "POST", "/oauth2", &eleventh).await;
    assert_eq!((status, &refused["error"]), (400, &json!("there are 10 redirect URIs already")));
}

#[tokio::test]
async fn version_nine_is_served_too() {
    let web = Web::new().await;
    let bot = format!("Bot {}", web.sandbox.token());
    let headers = [("authorization", bot.as_str())];
    let gateway = raw(&web.sandbox, "GET", "/api/v9/gateway/bot", &headers, b"").await;
    assert_eq!((gateway.status, &gateway.json()["shards"]), (200, &json!(1)));
    let mut shard = crate::raw_shard::RawShard::open(&web.sandbox, "v=9&encoding=json").await;
    shard.identify(&web.sandbox, json!({"intents": 1})).await;
    shard.dispatch("GUILD_CREATE").await;
    let old = raw(&web.sandbox, "GET", "/api/v5/gateway", &headers, b"").await;
    assert_eq!(old.status, 404);
}
