using Kiwire.Radius.Attributes;
using Kiwire.Radius.Packets;

namespace Kiwire.Radius.Client;

/// <summary>Appends a request's attributes, once its authenticator is known.</summary>
/// <param name="writer">The request, begun.</param>
/// <param name="context">Secret and Request Authenticator, for hidden attributes and CHAP. The authenticator is 16 zero octets where it is
/// computed from the packet (Accounting-, CoA- and Disconnect-Request).</param>
public delegate void AttributeAppender(PacketWriter writer, in AttributeContext context);
