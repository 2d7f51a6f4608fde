using Kiwire.Server.Devices;
using Kiwire.Server.Devices.Polling;
using Kiwire.Server.Devices.PollSets;
using Kiwire.Snmp;
using Kiwire.Snmp.Tests.Client;
using Microsoft.Extensions.Options;

namespace Kiwire.Server.Tests.Devices.Polling;

[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class DevicePollTests
{
    [Test]
    [CancelAfter(300_000)]
    public async Task An_agent_that_refuses_what_it_is_asked_is_up_in_the_history_too(CancellationToken cancellationToken)
    {
        using FakeAgent agent = new();
        agent.Objects[ObjectId.Parse("1.3.6.1.2.1.1.2.0")] = SnmpValue.ObjectIdentifier(ObjectId.Parse("1.3.6.1.4.1.99999.1"));
        agent.Respond = request => agent.Send(
            request.Bindings.Length == 1 ? agent.Answer(request) : FakeAgent.Write(request, SnmpErrorStatus.GeneralError, 2, request.Bindings), request.From);
        await using SnmpClient client = new();
        DevicePoll poll = new(
            client, new PollPlanner(client, new PollSetCatalog([]), TimeProvider.System), Options.Create(new DevicesOptions { TimeoutMilliseconds = 60_000 }), TimeProvider.System);
        PolledDevice device = new(new DeviceAccess
        {
            TenantId = 1, DeviceId = 1, Identity = "d", Address = new DeviceAddress("127.0.0.1", agent.EndPoint.Port),
            Credentials = new CommunityCredentials(SnmpVersion.V2c, "public"), Mib = "", PollSeconds = 60, Version = 1,
        });

        PollResult result = await poll.RunAsync(device, cancellationToken);

        Assert.That((result.IsAlive, result.Fault), Is.EqualTo((true, SnmpFault.ErrorStatus)));
        Assert.That((result.Series, result.Values), Is.EqualTo((new[] { SeriesInfo.UpNumber }, new double[] { 1 })));
    }
}
