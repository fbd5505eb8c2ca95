//! A server whose answers a test makes up, for behavior that the mock portal does not have.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// Answers every request with a function of the test, and keeps the requests. It runs until the
/// test process ends.
#[derive(Clone, Debug)]
pub struct Server {
    address: String,
    received: Arc<Mutex<Vec<Received>>>,
}

/// A request that the server received.
#[derive(Clone, Debug)]
pub struct Received {
    /// The method, such as `GET`.
    pub method: String,
    /// The path and query, still encoded.
    pub path: String,
    /// The header lines.
    pub headers: String,
    /// The body.
    pub body: String,
}

impl Server {
    /// Starts the server. `answer` returns the status, additional header lines, and the body as
    /// JSON.
    ///
    /// # Panics
    ///
    /// Panics if there is no free port.
    pub fn start(answer: impl Fn(&Received) -> (u16, String, String) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::default();
        let (answer, log) = (Arc::new(answer), Arc::clone(&received));
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                // A client that disconnects early is not a problem of this server.
                std::thread::spawn(move || serve(&connection, &*answer, &log).ok());
            }
        });
        Self { address, received }
    }

    /// The address of the server.
    pub fn url(&self) -> &str {
        &self.address
    }

    /// The requests so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(
    connection: &TcpStream,
    answer: &(dyn Fn(&Received) -> (u16, String, String) + Send + Sync),
    log: &Mutex<Vec<Received>>,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (mut headers, mut length) = (String::new(), 0);
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        headers.push_str(&header);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let request = Received { method, path, headers, body: String::from_utf8_lossy(&body).into_owned() };
    let (status, more, body) = answer(&request);
    log.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    let head = format!("HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nConnection: close\r\n{more}");
    write!(&mut &*connection, "{head}Content-Length: {}\r\n\r\n{body}", body.len())
}
