using Kiwire.Server.Storage;

namespace Kiwire.Server.Tests.Storage;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class IdSourceTests
{
    [Test]
    public void Ascends_within_a_thread_and_is_unique_over_all()
    {
        var ids = new IdSource(TimeProvider.System);
        var made = new long[4][];

        Parallel.For(0, made.Length, thread => made[thread] = [.. Enumerable.Range(0, 50_000).Select(_ => ids.Next())]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.Select(each => each.Zip(each.Skip(1), (a, b) => a < b).All(rises => rises)), Is.All.True);
            Assert.That(made.SelectMany(each => each).Distinct().Count(), Is.EqualTo(200_000));
            Assert.That(made.SelectMany(each => each).Min(), Is.Positive);
        }
    }

    [Test]
    public void Servers_never_make_the_same()
    {
        var time = new StoppedClock();
        var first = new IdSource(time);
        var second = new IdSource(time);
        first.UseServer(1);
        second.UseServer(2);

        var made = Enumerable.Range(0, 20_000).SelectMany(_ => new[] { first.Next(), second.Next() });

        Assert.That(made.Distinct().Count(), Is.EqualTo(40_000));
    }

    [Test]
    public void A_clock_that_steps_back_makes_no_number_again()
    {
        var time = new StoppedClock();
        var ids = new IdSource(time);
        var before = ids.Next();

        time.Now -= TimeSpan.FromHours(1);

        Assert.That(ids.Next(), Is.GreaterThan(before));
    }

    [TestCase(-1)]
    [TestCase(IdSource.ServerLimit)]
    public void Refuses_a_server_number_out_of_range(int number) =>
        Assert.That(() => new IdSource(TimeProvider.System).UseServer(number), Throws.TypeOf<ArgumentOutOfRangeException>());

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
