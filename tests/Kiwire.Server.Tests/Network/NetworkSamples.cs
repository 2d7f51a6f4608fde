using System.Net;
using Kiwire.Radius.Secrets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Tests.Network;

/// <summary>Network entries as tests need them.</summary>
internal static class NetworkSamples
{
    public static NasEntry Entry(long nasId, string address, long tenantId = 1, string? identity = null, string location = "") => new()
    {
        TenantId = tenantId,
        NasId = nasId,
        Identity = identity ?? $"nas-{nasId}",
        Location = location,
        Address = IPNetwork.Parse(address),
        Type = new NasType { Name = "generic" },
        Secret = new SharedSecret("testing123"),
        CoaPort = 3799,
        RequireMessageAuthenticator = MessageAuthenticatorPolicy.Auto,
        Observations = new NasObservations(),
    };

    public static UInt128 Bits(string address) => NasIndex.ToBits(IPAddress.Parse(address));
}
