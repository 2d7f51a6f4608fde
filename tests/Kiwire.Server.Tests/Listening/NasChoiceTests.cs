using Kiwire.Radius.Secrets;
using Kiwire.Server.Listening;
using Kiwire.Server.Network;
using Kiwire.Server.Tests.Network;
using static Kiwire.Server.Tests.Listening.Requests;

namespace Kiwire.Server.Tests.Listening;

/// <summary>Which NAS a packet is from, where several entries share its source address.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NasChoiceTests
{
    private static readonly SharedSecret SecondSecret = new("second secret");

    [Test]
    public void A_single_entry_is_taken_whatever_NAS_Identifier_says()
    {
        using DispatcherHarness harness = Harness(out List<long> chosen, NetworkSamples.Entry(1, "192.0.2.1/32", identity: "lobby"));

        harness.Dispatch(Access(attributes: (NasIdentifier, "elsewhere"u8.ToArray())));

        Assert.That(chosen, Is.EqualTo(new[] { 1L }));
    }

    [TestCase("Lobby")]
    [TestCase("LOBBY")]
    public void NAS_Identifier_picks_one_whatever_its_case(string identifier)
    {
        using DispatcherHarness harness = Harness(
            out List<long> chosen,
            NetworkSamples.Entry(1, "192.0.2.1/32", identity: "bar"),
            WithSecret(NetworkSamples.Entry(2, "192.0.2.1/32", identity: "lobby"), SecondSecret));

        harness.Dispatch(Access(secret: SecondSecret, attributes: (NasIdentifier, System.Text.Encoding.UTF8.GetBytes(identifier))));

        Assert.That(chosen, Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public void NAS_Identifier_picks_one_even_where_nothing_can_be_verified()
    {
        using DispatcherHarness harness = Harness(
            out List<long> chosen, NetworkSamples.Entry(1, "192.0.2.1/32", identity: "bar"), NetworkSamples.Entry(2, "192.0.2.1/32", identity: "lobby"));

        harness.Dispatch(Access(messageAuthenticator: false, attributes: (NasIdentifier, "lobby"u8.ToArray())));

        Assert.That(chosen, Is.EqualTo(new[] { 2L }));
    }

    [Test]
    public void A_NAS_Identifier_that_no_entry_has_leaves_none()
    {
        using DispatcherHarness harness = Harness(
            out List<long> chosen, NetworkSamples.Entry(1, "192.0.2.1/32", identity: "bar"), NetworkSamples.Entry(2, "192.0.2.1/32", identity: "lobby"));

        harness.Dispatch(Access(attributes: (NasIdentifier, "kitchen"u8.ToArray())));

        Assert.That(chosen, Is.Empty);
        Assert.That(harness.Counters.Read(DropReason.NoMatchingNas), Is.EqualTo(1));
    }

    [Test]
    public void Without_NAS_Identifier_the_one_whose_secret_verifies_is_taken([Values] bool accounting)
    {
        NasEntry[] entries =
        [
            NetworkSamples.Entry(1, "192.0.2.1/32"), WithSecret(NetworkSamples.Entry(2, "192.0.2.1/32"), SecondSecret), NetworkSamples.Entry(3, "192.0.2.1/32", tenantId: 2),
        ];
        using DispatcherHarness harness = Harness(out List<long> chosen, accounting ? ListenerPurpose.Accounting : ListenerPurpose.Authentication, entries);

        byte[] request = accounting ? Requests.Accounting(secret: SecondSecret) : Access(secret: SecondSecret);
        harness.Dispatch(request);

        Assert.That(accounting ? harness.Accounting.Calls : chosen.Single(), Is.EqualTo(accounting ? 1 : 2));
    }

    [Test]
    public void Without_NAS_Identifier_and_without_anything_to_verify_none_is_left()
    {
        using DispatcherHarness harness = Harness(out List<long> chosen, NetworkSamples.Entry(1, "192.0.2.1/32"), NetworkSamples.Entry(2, "192.0.2.1/32"));

        harness.Dispatch(Access(messageAuthenticator: false));

        Assert.That(chosen, Is.Empty);
        Assert.That(harness.Counters.Read(DropReason.NoMatchingNas), Is.EqualTo(1));
    }

    [Test]
    public void Two_tenants_NAS_of_one_name_and_address_are_told_apart_by_their_secrets()
    {
        using DispatcherHarness harness = Harness(
            out List<long> chosen,
            NetworkSamples.Entry(1, "192.0.2.0/24", tenantId: 1, identity: "lobby"),
            WithSecret(NetworkSamples.Entry(2, "192.0.2.0/24", tenantId: 2, identity: "lobby"), SecondSecret));

        harness.Dispatch(Access(1, 1, secret: SecondSecret, attributes: (NasIdentifier, "lobby"u8.ToArray())));
        harness.Dispatch(Access(2, 2, attributes: (NasIdentifier, "lobby"u8.ToArray())));

        Assert.That(chosen, Is.EqualTo(new[] { 2L, 1L }));
    }

    private static DispatcherHarness Harness(out List<long> chosen, params NasEntry[] entries) =>
        Harness(out chosen, ListenerPurpose.Authentication, entries);

    private static DispatcherHarness Harness(out List<long> chosen, ListenerPurpose purpose, NasEntry[] entries)
    {
        DispatcherHarness harness = new(purpose, entries: entries);
        List<long> seen = chosen = [];
        harness.Access.Respond = (scoped in request, writer, token) =>
        {
            seen.Add(request.Nas.NasId);
            return FakeAccessHandler.Accept(request, writer, token);
        };
        return harness;
    }

    private static NasEntry WithSecret(NasEntry nas, SharedSecret secret) => new()
    {
        TenantId = nas.TenantId,
        NasId = nas.NasId,
        Identity = nas.Identity,
        Location = nas.Location,
        Address = nas.Address,
        Type = nas.Type,
        Secret = secret,
        CoaPort = nas.CoaPort,
        RequireMessageAuthenticator = nas.RequireMessageAuthenticator,
        Observations = nas.Observations,
    };
}
