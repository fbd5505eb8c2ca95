//! The example about API keys.

use docspace::Portal;

use super::bench::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn rotate_key_prints_a_new_key_and_deletes_the_old_one_on_request() {
    let mut bench = Bench::new().await;
    let old = bench.portal.keys().create("nightly").expires_in_days(90).send().await.unwrap();
    let other = bench.portal.keys().create("weekly").send().await.unwrap();
    // An administrator's list also contains the keys of others, which must not be deleted.
    let ann = Portal::builder(bench.mock.url()).api_key(bench.mock.key("ann")).build().unwrap();
    let hers = ann.keys().create("nightly").send().await.unwrap();
    bench.key = old.key.expose().to_owned();

    let made = bench.run("rotate_key", &["nightly"]).await;
    let new = Portal::builder(bench.mock.url()).api_key(made.out.trim()).build().unwrap();
    let current = new.keys().current().await.unwrap();
    assert_eq!(current.name, "nightly");
    assert!(current.expires_at.is_some());
    assert!(!made.err.contains(made.out.trim()), "the key is on standard output only");
    assert!(bench.portal.keys().list().await.unwrap().iter().any(|key| key.id == old.id && key.is_active));

    // The old key must not delete itself.
    let refused = bench.try_run("rotate_key", &["nightly", "--end-old"]).await;
    assert_eq!(refused.code, Some(1), "{refused:?}");

    bench.key = made.out.trim().to_owned();
    bench.run("rotate_key", &["nightly", "--end-old"]).await;
    let mut left: Vec<_> = bench.portal.keys().list().await.unwrap().into_iter().map(|key| key.id).collect();
    left.sort();
    let mut expected = vec![current.id, other.id, hers.id];
    expected.sort();
    assert_eq!(left, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn rotate_key_creates_no_key_for_an_unknown_name() {
    let bench = Bench::new().await;
    let refused = bench.try_run("rotate_key", &["nightly"]).await;
    assert_eq!((refused.code, refused.out.as_str()), (Some(1), ""));
    assert!(bench.portal.keys().list().await.unwrap().is_empty());
}
