//! Receives webhooks of DocSpace with axum, at `http://127.0.0.1:8081/docspace`.

mod receiver;

use docspace::webhooks::{Delivery, Receiver};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = std::env::var("DOCSPACE_WEBHOOK_SECRET").map_err(|_| "set DOCSPACE_WEBHOOK_SECRET")?;
    let (queue, mut deliveries) = mpsc::channel::<Delivery>(1000);
    tokio::spawn(async move {
        while let Some(delivery) = deliveries.recv().await {
            println!("{} {:?}", delivery.event.trigger, delivery.payload);
        }
    });
    let listener = TcpListener::bind("127.0.0.1:8081").await?;
    axum::serve(listener, receiver::router(Receiver::new(secret), queue)).await?;
    Ok(())
}
