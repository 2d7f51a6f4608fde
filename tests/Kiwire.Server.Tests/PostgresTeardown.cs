using Kiwire.Server.Tests.Support;

namespace Kiwire.Server.Tests;

/// <summary>Stops the database server of the run. In the namespace that holds all others, so at the end of everything.</summary>
[SetUpFixture]
public sealed class PostgresTeardown
{
    [OneTimeTearDown]
    public Task Stop() => PostgresServer.StopSharedAsync();
}
