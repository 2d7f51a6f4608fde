using QRCoder;

namespace Kiwire.Server.Web;

/// <summary>QR pictures of texts, as SVG.</summary>
internal static class QrPicture
{
    /// <summary>The picture with its quiet zone; it is as large as what it is put into.</summary>
    public static string Of(string text)
    {
        using QRCodeData data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        using SvgQRCode picture = new(data);
        return picture.GetGraphic(1, "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
