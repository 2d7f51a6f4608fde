using Dapper;
using Kiwire.Server.Storage;
using Kiwire.Server.Tests.EndToEnd;

namespace Kiwire.Server.Tests.Api;

/// <summary>A statement that the database refuses for its own sake does better no later: it is a fault of the server, which its log tells.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class BrokenStatementTests
{
    [Test]
    public async Task It_is_not_said_that_the_database_is_away()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        await server.Get<CommitQueue>().EnqueueAsync(
            unit => unit.Connection.ExecuteAsync(
                "CREATE TRIGGER broken BEFORE INSERT ON profiles WHEN NEW.name = 'broken' BEGIN SELECT RAISE(ABORT, 'broken'); END", transaction: unit.Transaction),
            default);
        using ApiClient client = await ApiClient.LogInAsync(server);
        using ContractClient contract = await ContractClient.LogInAsync(server);

        ApiAnswer refused = await client.PostAsync("/api/v1/profiles", new { name = "broken", type = "free" });
        string error = await contract.FailAsync("profile/create", ("profile-name", "broken"), ("type", "Free"));

        Assert.That((refused.Status, refused.Detail, error), Is.EqualTo((500, "The server failed; its log says why.", "The server failed; its log says why.")));
    }
}
