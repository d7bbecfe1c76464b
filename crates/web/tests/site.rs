//! The public site as a visitor meets it: every address answers, and what is kept is never stale.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use gongkai_app::clock::Clock;
use gongkai_app::items::{Filter, Line, Page, read, withdraw};
use gongkai_app::start::{Opened, Place, open};
use gongkai_app::{Caller, demo};
use gongkai_domain::access::{Actor, Post, Role};
use gongkai_web::{Access, router, routes};
use tempfile::TempDir;
use tower::ServiceExt;

struct Site {
    opened: Opened,
    router: Router,
    _place: TempDir,
}

fn with_a_site<F: Future<Output = ()>>(test: impl FnOnce(Site) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let place = TempDir::new().expect("a directory");
        let at = Place { data: place.path().to_owned(), ..Place::default() };
        let opened = open(&at, Clock::Machine).await.expect("opened");
        demo::fill(&opened.app).await.expect("filled");
        let router = router(opened.app.clone());
        test(Site { opened, router, _place: place }).await;
    });
}

impl Site {
    async fn get(&self, address: &str, headers: &[(&str, &str)]) -> Response<Body> {
        let mut request = Request::get(address);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    async fn text(&self, address: &str) -> String {
        text(self.get(address, &[]).await).await
    }

    async fn line(&self) -> Line {
        let page = Page { skip: 0, limit: 1 };
        let lines = read::public_lines(&self.opened.app, Filter::default(), page).await;
        lines.expect("lines").remove(0)
    }

    async fn withdraw(&self, line: &Line, reason: &str) {
        let post = Post {
            organ: line.organ.clone(),
            role: Role::Clerk,
            from: self.opened.app.clock.today(),
            until: None,
            instead_of: None,
        };
        let person = "clerk".parse().expect("an id");
        let actor = Actor { person, name: "王某".to_owned(), posts: vec![post] };
        let caller = Caller { actor, origin: "local".to_owned() };
        let done = withdraw::withdraw(&self.opened.app, &caller, &line.id, reason).await;
        done.expect("withdrawn");
    }
}

async fn text(response: Response<Body>) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The address with its blanks filled; `None` where this installation has nothing to fill them with.
fn filled(path: &str, item: &str) -> Option<String> {
    let filled = path
        .replace("/items/{id}", &format!("/items/{item}"))
        .replace("/organs/{id}", "/organs/commerce")
        .replace("/statistics/charts/{key}", "/statistics/charts/organs")
        .replace("/sitemaps/{number}", "/sitemaps/1")
        .replace("{*path}", "base.css");
    let query = match filled.as_str() {
        "/leaving" => "?to=https%3A%2F%2Fa.example%2F",
        "/api/v1/search" => "?q=a",
        _ => "",
    };
    (!filled.contains('{')).then(|| format!("{filled}{query}"))
}

#[test]
fn every_public_address_answers_a_visitor() {
    with_a_site(async |site| {
        let item = site.line().await.id.to_string();
        let open = |route: &&gongkai_web::Route| {
            // The first asks for words, the others are there where an identity service is set.
            let elsewhere = route.path == "/search" || route.path.starts_with("/sign-in/oidc");
            route.method == "GET" && route.access == Access::Public && !elsewhere
        };
        for route in routes().iter().filter(open) {
            if let Some(address) = filled(route.path, &item) {
                let status = site.get(&address, &[]).await.status();
                assert!(status.is_success() || status.is_redirection(), "{address}: {status}");
            }
        }
    });
}

#[test]
fn a_page_from_memory_is_the_page_until_something_public_changes() {
    with_a_site(async |site| {
        let line = site.line().await;
        let address = format!("/items/{}", line.id);
        let first = site.get(&address, &[]).await;
        let tag = first.headers()[header::ETAG].to_str().expect("text").to_owned();
        assert_eq!(text(first).await, site.text(&address).await);
        let again = site.get(&address, &[("if-none-match", &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert!(site.text("/").await.contains(&line.title));

        site.withdraw(&line, "内容<有误>").await;
        let gone = site.get(&address, &[("if-none-match", &tag)]).await;
        assert_eq!(gone.status(), StatusCode::GONE);
        let gone = text(gone).await;
        assert!(gone.contains("内容&#60;有误&#62;") && !gone.contains(&line.title), "{gone}");
        for list in ["/", "/news", "/feed.xml", "/api/v1/items", "/data/items.csv"] {
            assert!(!site.text(list).await.contains(&line.title), "{list}");
        }
        let whole = site.text(&format!("/api/v1{address}")).await;
        assert!(whole.contains("\"withdrawn\"") && !whole.contains(&line.title), "{whole}");
    });
}

#[test]
fn a_visitor_reads_in_the_mode_chosen_and_nobody_else_does() {
    with_a_site(async |site| {
        let came = [("host", "a.example"), ("referer", "http://a.example/rules?page=1")];
        let switched = site.get("/elder?on=1", &came).await;
        assert_eq!(switched.headers()[header::LOCATION], "/rules?page=1");
        let cookie = switched.headers()[header::SET_COOKIE].to_str().expect("text").to_owned();
        let cookie = cookie.split(';').next().expect("a cookie");
        let elder = text(site.get("/rules", &[("cookie", cookie)]).await).await;
        let plain = site.text("/rules").await;
        assert!(elder.contains("class=\"elder\"") && elder.contains("退出适老模式"));
        assert!(!plain.contains("class=\"elder\""));
    });
}

#[test]
fn pages_are_packed_for_those_who_can_unpack_them() {
    with_a_site(async |site| {
        for _ in 0..2 {
            let packed = site.get("/on-request", &[("accept-encoding", "gzip")]).await;
            assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
            let plain = site.get("/on-request", &[]).await;
            assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
            assert!(text(plain).await.contains("当面提交"));
        }
    });
}

#[test]
fn the_interface_is_open_to_other_sites_and_says_what_is_wrong() {
    with_a_site(async |site| {
        let items = site.get("/api/v1/items?per_page=1", &[]).await;
        assert_eq!(items.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        let items: serde_json::Value = serde_json::from_str(&text(items).await).expect("JSON");
        assert_eq!(items["entries"].as_array().map(Vec::len), Some(1));
        assert!(items["total"].as_i64().is_some_and(|total| 2 <= total));
        for wrong in ["kind=none", "organ=..", "validity=x", "year=x", "page=1&page=2"] {
            let answer = site.get(&format!("/api/v1/items?{wrong}"), &[]).await;
            assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            assert!(text(answer).await.contains("参数"), "{wrong}");
        }
        let none = site.get("/api/v1/items/none", &[]).await;
        assert_eq!(none.status(), StatusCode::NOT_FOUND);
    });
}

#[test]
fn what_an_address_may_hold_breaks_no_page() {
    with_a_site(async |site| {
        for query in ["number=%25_!%27%22%3Cx%3E", "subject=%25", "organ=..%2F..", "year=999999"] {
            let answer = site.get(&format!("/policies?{query}"), &[]).await;
            assert_eq!(answer.status(), StatusCode::OK, "{query}");
            assert!(!text(answer).await.contains("<x>"), "{query}");
        }
        let unsafe_address = site.get("/leaving?to=javascript%3Aalert(1)", &[]).await;
        assert_eq!(unsafe_address.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(site.get("/items/..%2f..", &[]).await.status(), StatusCode::NOT_FOUND);
    });
}
