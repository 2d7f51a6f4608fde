using Kiwire.Radius.Packets;
using Kiwire.Server.Network;

namespace Kiwire.Server.Authentication;

/// <summary>
/// What a login needs from an Access-Request, found in one walk over it. The spans lie in the packet; an attribute that is absent is an
/// empty span, except where a flag says otherwise.
/// </summary>
internal ref struct AccessFields
{
    private const uint Microsoft = 311;

    public ReadOnlySpan<byte> UserName;
    public ReadOnlySpan<byte> UserPassword;
    public ReadOnlySpan<byte> ChapPassword;
    public ReadOnlySpan<byte> ChapChallenge;
    public ReadOnlySpan<byte> MsChapChallenge;
    public ReadOnlySpan<byte> MsChapResponse;
    public ReadOnlySpan<byte> MsChap2Response;
    public ReadOnlySpan<byte> State;
    public ReadOnlySpan<byte> CalledStationId;
    public ReadOnlySpan<byte> NasIdentifier;
    public MacAddress Device;
    public UInt128 ClientAddress;
    public UInt128 NasAddress;

    /// <summary>Which kinds of credentials there are, one bit each.</summary>
    public CredentialKinds Credentials;
    public bool HasUserName;
    public bool HasProxyState;

    /// <summary>Walks the packet once.</summary>
    public static AccessFields Read(PacketView packet)
    {
        AccessFields fields = default;
        foreach (AttributeView attribute in packet)
        {
            ReadOnlySpan<byte> value = attribute.Value;
            switch (attribute.Type)
            {
                case 1:
                    fields.UserName = value;
                    fields.HasUserName = true;
                    break;
                case 2:
                    fields.UserPassword = value;
                    fields.Credentials |= CredentialKinds.Pap;
                    break;
                case 3:
                    fields.ChapPassword = value;
                    fields.Credentials |= CredentialKinds.Chap;
                    break;
                case 4 when value.Length == 4:
                    fields.NasAddress = MappedAddress(value);
                    break;
                case 8 when value.Length == 4:
                    fields.ClientAddress = MappedAddress(value);
                    break;
                case 24:
                    fields.State = value;
                    break;
                case 26:
                    fields.ReadVendor(value);
                    break;
                case 30:
                    fields.CalledStationId = value;
                    break;
                case 31:
                    _ = MacAddress.TryParse(value, out fields.Device);
                    break;
                case 32:
                    fields.NasIdentifier = value;
                    break;
                case 33:
                    fields.HasProxyState = true;
                    break;
                case 60:
                    fields.ChapChallenge = value;
                    break;
                case 79:
                    fields.Credentials |= CredentialKinds.Eap;
                    break;
                case 95 when value.Length == 16 && fields.NasAddress == 0:
                    fields.NasAddress = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(value);
                    break;
            }
        }

        return fields;
    }

    private void ReadVendor(ReadOnlySpan<byte> value)
    {
        if (value.Length < 6 || System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value) != Microsoft)
        {
            return;
        }

        for (ReadOnlySpan<byte> rest = value[4..]; rest.Length >= 2 && rest[1] >= 2 && rest[1] <= rest.Length; rest = rest[rest[1]..])
        {
            ReadOnlySpan<byte> inner = rest[2..rest[1]];
            switch (rest[0])
            {
                case 1:
                    MsChapResponse = inner;
                    Credentials |= CredentialKinds.MsChap;
                    break;
                case 11:
                    MsChapChallenge = inner;
                    break;
                case 25:
                    MsChap2Response = inner;
                    Credentials |= CredentialKinds.MsChapV2;
                    break;
            }
        }
    }

    private static UInt128 MappedAddress(ReadOnlySpan<byte> address) =>
        new(0, 0xffff_0000_0000UL | System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address));
}

/// <summary>The ways to prove who one is that a request may hold; exactly one may be there (RFC 2865, 4.1).</summary>
[Flags]
internal enum CredentialKinds
{
    None = 0,
    Pap = 1,
    Chap = 2,
    MsChap = 4,
    MsChapV2 = 8,
    Eap = 16,
}
