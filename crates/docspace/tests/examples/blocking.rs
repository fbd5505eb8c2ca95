//! The example without async.

use docspace::Access;

use super::bench::Bench;

#[tokio::test(flavor = "multi_thread")]
async fn blocking_lists_rooms_with_their_members_and_links() {
    let bench = Bench::new().await;
    let [one, two] = [bench.room("One").await, bench.room("Two").await];
    bench.handle(&one).members().add("ann@example.com", Access::Editing).await.unwrap();
    bench.handle(&one).links().create(Access::Read).send().await.unwrap();

    let done = bench.run("blocking", &[]).await;
    let owner = bench.portal.me().await.unwrap().email.unwrap();
    let mut lines: Vec<&str> = done.out.lines().skip(1).collect();
    // The order of rooms of the same second differs from that of later ones.
    lines.sort_unstable();
    assert_eq!(lines, [format!("{}\tOne\t{owner}\t2\t1", one.id), format!("{}\tTwo\t{owner}\t1\t0", two.id)]);
}
