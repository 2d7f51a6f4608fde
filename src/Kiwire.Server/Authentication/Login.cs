using Kiwire.Radius.Packets;
using Kiwire.Server.Network;
using Kiwire.Server.Tenants;

namespace Kiwire.Server.Authentication;

/// <summary>One login on its way: the request, what was read from it, whose it is, and where the answer goes.</summary>
internal readonly ref struct Login
{
    public readonly RadiusRequest Request;
    public readonly AccessFields Fields;
    public readonly Tenant Tenant;
    public readonly PacketWriter Writer;

    public Login(scoped in RadiusRequest request, scoped in AccessFields fields, Tenant tenant, PacketWriter writer)
    {
        Request = request;
        Fields = fields;
        Tenant = tenant;
        Writer = writer;
    }
}
