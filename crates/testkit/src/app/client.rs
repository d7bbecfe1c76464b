//! A browser without a screen: goes through the router in this process, keeps cookies, sends forms.

use super::Answer;
use bytes::Bytes;
use gongkai_app::App;
use http::{Method, Request, Response, header};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::error::Error;
use std::net::SocketAddr;
use tower::ServiceExt;
use tower::util::BoxCloneService;

type Failure = Box<dyn Error + Send + Sync>;
type Body = UnsyncBoxBody<Bytes, Failure>;
type Service = BoxCloneService<Request<Full<Bytes>>, Response<Body>, Infallible>;

/// A browser with its cookies.
#[derive(Clone)]
pub struct Client {
    service: Service,
    cookies: BTreeMap<String, String>,
    /// What the forms of the session carry; empty when nobody is signed in.
    pub form_token: String,
}

impl Client {
    pub(super) async fn new(app: &App) -> Self {
        let from = SocketAddr::from(([127, 0, 0, 1], 40_000));
        let make =
            gongkai_web::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let service = match make.oneshot(from).await {
            Ok(service) => service,
            Err(never) => match never {},
        };
        let boxed = |response: Response<_>| {
            response.map(|body| BodyExt::map_err(body, Failure::from).boxed_unsync())
        };
        let service = ServiceExt::<Request<Full<Bytes>>>::map_response(service, boxed);
        let service = ServiceExt::<Request<Full<Bytes>>>::boxed_clone(service);
        Self { service, cookies: BTreeMap::new(), form_token: String::new() }
    }

    /// A request for this address with the cookies so far; headers and body may be put to it.
    ///
    /// # Panics
    /// When the address cannot stand in a request.
    pub fn request(&self, method: Method, address: &str) -> http::request::Builder {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        let cookies = cookies.collect::<Vec<_>>().join("; ");
        let request =
            Request::builder().method(method).uri(address).header(header::HOST, "127.0.0.1");
        if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies) }
    }

    /// Sends a request and keeps the cookies that come back.
    ///
    /// # Panics
    /// When the answer breaks off.
    pub async fn send(&mut self, request: Request<Bytes>) -> Answer {
        let response = match self.service.clone().oneshot(request.map(Full::new)).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the whole answer").to_bytes();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap_or_default());
        }
        Answer { status: parts.status, headers: parts.headers, body }
    }

    fn keep(&mut self, cookie: &str) {
        let (pair, rest) = cookie.split_once(';').unwrap_or((cookie, ""));
        let Some((name, value)) = pair.split_once('=') else { return };
        if value.is_empty() || rest.to_ascii_lowercase().contains("max-age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// Goes to an address.
    pub async fn get(&mut self, address: &str) -> Answer {
        let request = self.request(Method::GET, address).body(Bytes::new());
        self.send(request.expect("a request")).await
    }

    /// Sends a form of our own page: with its token.
    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.form_token.clone();
        let mut all = vec![("form_token", token.as_str())];
        all.extend_from_slice(fields);
        self.post_bare(address, &all).await
    }

    /// Sends exactly these fields.
    ///
    /// # Panics
    /// When the address cannot stand in a request.
    pub async fn post_bare(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .request(Method::POST, address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body));
        self.send(request.expect("a request")).await
    }

    /// Signs in, and takes the form token from the page behind it.
    ///
    /// # Panics
    /// When signing in does not lead into the workplace.
    pub async fn sign_in(&mut self, login: &str, password: &str) {
        let page = self.get("/sign-in").await;
        self.form_token = page.hidden("form_token").pop().unwrap_or_default();
        let answer = self.post("/sign-in", &[("login", login), ("password", password)]).await;
        assert_eq!(answer.class(), "done", "{login} signs in: {}", answer.text());
        let inside = self.get(answer.header("location")).await;
        assert_eq!(inside.class(), "ok", "{login} is in: {}", inside.text());
        self.form_token = inside.hidden("form_token").pop().expect("forms carry a token");
    }

    /// Forgets one cookie or sets it to something else.
    pub fn set_cookie(&mut self, name: &str, value: Option<&str>) {
        match value {
            Some(value) => self.cookies.insert(name.to_owned(), value.to_owned()),
            None => self.cookies.remove(name),
        };
    }

    /// The cookies as they are sent.
    pub fn cookies(&self) -> &BTreeMap<String, String> {
        &self.cookies
    }
}
