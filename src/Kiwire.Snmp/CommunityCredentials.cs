using System.Security.Cryptography;
using System.Text;
using Kiwire.Snmp.Messages;

namespace Kiwire.Snmp;

/// <summary>A community: the password of SNMPv1 and SNMPv2c, which goes over the network as it is.</summary>
public sealed class CommunityCredentials : SnmpCredentials
{
    private readonly byte[] _community;

    /// <summary>A community, for one of the two versions.</summary>
    /// <param name="version">SNMPv1 or SNMPv2c.</param>
    /// <param name="community">The community, sent as UTF-8.</param>
    /// <exception cref="ArgumentOutOfRangeException">The version has no communities.</exception>
    public CommunityCredentials(SnmpVersion version, string community)
        : this(version, Encoding.UTF8.GetBytes(community ?? throw new ArgumentNullException(nameof(community))))
    {
        if (version is not (SnmpVersion.V1 or SnmpVersion.V2c))
        {
            throw new ArgumentOutOfRangeException(nameof(version), version, "Communities are of SNMPv1 and SNMPv2c; SNMPv3 has users.");
        }
    }

    private CommunityCredentials(SnmpVersion version, byte[] community)
    {
        _community = community;
        Model = new CommunityModel(version, community);
    }

    /// <inheritdoc/>
    internal override MessageModel Model { get; }

    /// <summary>Whether a message says this community; takes the same time wherever it differs.</summary>
    internal bool Matches(SnmpVersion version, ReadOnlySpan<byte> community) =>
        version == Version && CryptographicOperations.FixedTimeEquals(community, _community);

    /// <summary>The same community for the other version.</summary>
    internal CommunityCredentials OtherVersion() => new(Version == SnmpVersion.V1 ? SnmpVersion.V2c : SnmpVersion.V1, _community);

    /// <summary>The version; never the community.</summary>
    public override string ToString() => $"{Version}, community hidden";
}
