//! Bodies that are no form, or too large: refused in words.

use super::{FORM, clerk, forms, left_behind};
use bytes::Bytes;
use gongkai_testkit::app::TestApp;
use http::{Method, header};

#[tokio::test]
async fn bodies_that_are_no_form_are_refused_in_words() {
    let kit = TestApp::new().await;
    let forms = forms(&kit).await;
    let mut clerk = clerk(&kit).await;
    let before = kit.rows().await;
    let token = clerk.form_token.clone();
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("application/json", format!("{{\"form_token\":\"{token}\"}}").into_bytes()),
        ("text/plain", format!("form_token={token}").into_bytes()),
        ("", format!("form_token={token}").into_bytes()),
        ("multipart/form-data", b"no boundary".to_vec()),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data".to_vec()),
        (FORM, b"\xff\xfe\xfa=%ff%fe&form_token".to_vec()),
        (FORM, vec![0; 1000]),
        (FORM, b"a=b&".repeat(50_000)),
        (FORM, format!("form_token={token}&form_token={token}&title=%00%ff").into_bytes()),
    ];
    let mut wrong = Vec::new();
    for form in &forms {
        for (kind, body) in &bodies {
            let request = clerk
                .request(Method::POST, form)
                .header(header::CONTENT_TYPE, *kind)
                .body(Bytes::from(body.clone()));
            let answer = clerk.send(request.expect("a request")).await;
            let clear = answer.is_page() && answer.text().contains("</html>");
            // Nobody is half signed in: there is nothing to look at the body for.
            if form == "/sign-in/code" && answer.class() == "sign_in" {
                continue;
            }
            if !(400..500).contains(&answer.status.as_u16()) || !clear {
                wrong.push(format!(
                    "{form} with {kind}: {} {}",
                    answer.status,
                    answer.header("content-type")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}

#[tokio::test]
async fn a_body_over_the_bound_gets_a_page_that_says_so() {
    let kit = TestApp::new().await;
    let mut clerk = clerk(&kit).await;
    let before = kit.rows().await;
    let large = format!("form_token={}&text={}", clerk.form_token, "字".repeat(12 << 20));
    for form in ["/work/items/new", "/sign-in"] {
        let request = clerk
            .request(Method::POST, form)
            .header(header::CONTENT_TYPE, FORM)
            .header(header::CONTENT_LENGTH, large.len())
            .body(Bytes::from(large.clone()));
        let told = clerk.send(request.expect("a request")).await;
        let request = clerk.request(Method::POST, form).header(header::CONTENT_TYPE, FORM);
        let silent = clerk.send(request.body(Bytes::from(large.clone())).expect("a request")).await;
        assert_eq!(told.class(), "too_large", "{form}: {}", told.text());
        assert!(told.is_page() && told.holds("32 MB"), "{form}: {}", told.text());
        let told = ["too_large", "invalid"].contains(&silent.class()) && silent.is_page();
        assert!(told, "{form}: {}", silent.text());
    }
    assert_eq!(left_behind(&kit, &before).await, [] as [&str; 0]);
    kit.finish().await;
}
