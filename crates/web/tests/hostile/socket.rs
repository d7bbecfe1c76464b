//! Clients that misuse the socket itself: slow, broken, huge; the server goes on answering others.

use gongkai_testkit::app::{Answer, TestApp, Wire};
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

const PATIENCE: Duration = Duration::from_secs(10);

/// Serves an installation on loopback while `visit` runs on a thread of its own.
async fn served(visit: impl FnOnce(SocketAddr) + Send + 'static) {
    let kit = TestApp::new().await;
    let before = kit.rows().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(gongkai_web::serve(listener, kit.app.clone(), async {
        let _ = stopped.await;
    }));
    tokio::task::spawn_blocking(move || visit(address)).await.expect("the visit");
    let _ = stop.send(());
    serving.await.expect("it ends").expect("it served");
    assert_eq!(kit.rows().await, before, "nothing is left behind");
    kit.finish().await;
}

fn raw(address: SocketAddr, bytes: &[u8]) -> Option<Answer> {
    Wire::new(address).raw(bytes, PATIENCE).ok()
}

fn still_answers(address: SocketAddr, after: &str) {
    let answer = Wire::new(address).get("/").expect("an answer");
    assert_eq!(answer.status.as_u16(), 200, "after {after}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_clients_that_send_a_byte_now_and_then_hold_nobody_up() {
    served(|address| {
        let head = b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\
            Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=a";
        let mut slow: Vec<_> = (0..100).map(|_| TcpStream::connect(address).expect("in")).collect();
        for client in &mut slow {
            client.write_all(head).expect("sent");
        }
        for _ in 0..5 {
            for client in &mut slow {
                client.write_all(b"x").expect("sent");
            }
            still_answers(address, "slow bodies");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_are_none_get_a_client_error_or_no_answer_and_harm_nobody() {
    served(|address| {
        let huge = format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "a".repeat(2 << 20));
        let many: String = (0..5_000).map(|number| format!("X-{number}: 1\r\n")).collect();
        let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n");
        let long = format!("GET /{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "a".repeat(200_000));
        let wrong: [&[u8]; 12] = [
            b"\0\0\0\0\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n",
            b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            b"GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n",
            b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
            b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nCookie: gongkai=\xff\xfe\r\nConnection: close\r\n\r\n",
            huge.as_bytes(),
            many.as_bytes(),
            long.as_bytes(),
        ];
        for request in wrong {
            let shown = String::from_utf8_lossy(&request[..request.len().min(60)]).into_owned();
            if let Some(answer) = raw(address, request) {
                assert!(answer.status.as_u16() < 500, "{shown}: {}", answer.status);
            }
            still_answers(address, &shown);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_breaks_off_or_lies_about_its_length_does_nothing() {
    served(|address| {
        for length in ["5", "100", "33554433", "99999999999999999999"] {
            let head = format!(
                "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=a&password=b"
            );
            let mut client = TcpStream::connect(address).expect("in");
            client.write_all(head.as_bytes()).expect("sent");
            drop(client);
            still_answers(address, length);
        }
        let told = "POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 33554433\r\n\
            Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n";
        let answer = raw(address, told.as_bytes()).expect("told at once, before the body is sent");
        assert_eq!(answer.status.as_u16(), 413, "{}", answer.text());
        assert!(answer.holds("32 MB"), "{}", answer.text());
    })
    .await;
}
