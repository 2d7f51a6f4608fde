using System.Globalization;

namespace Kiwire.Peers.Tests;

/// <summary>
/// The OpenAPI document by others' programs: a validator finds it valid, a generator makes a TypeScript client of it, and a program written against that
/// client, with the compiler's strictest checks, works against the server. tests/openapi-client.
/// </summary>
[TestFixture]
public class OpenApiClientTests
{
    [Test]
    public async Task The_document_is_valid_and_a_client_generated_from_it_works()
    {
        string node = Peer.Require("node", "nodejs");
        string directory = Path.Combine(Repository.Root, "tests", "openapi-client");
        if (!Directory.Exists(Path.Combine(directory, "node_modules")))
        {
            Peer.Missing("the generator is not installed: npm ci --prefix tests/openapi-client");
        }

        await using DemoServer server = await DemoServer.StartAsync();

        string output = await Child.RunAsync(
            node, Path.Combine(directory, "check.mjs"), string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{server.Process.HttpPort}/"));

        Assert.That(output, Does.Contain("valid OpenAPI 3.1").And.Contain("the generated client works"));
    }
}
