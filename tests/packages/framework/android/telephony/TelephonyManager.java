package android.telephony;

/** What we call of it, newer methods too; compiled against, never shipped. */
public class TelephonyManager {
    public String getDeviceId() {
        return null;
    }

    public String getImei() {
        return null;
    }

    public String getMeid() {
        return null;
    }

    public String getSubscriberId() {
        return null;
    }

    public String getSimSerialNumber() {
        return null;
    }

    public String getLine1Number() {
        return null;
    }

    public String getNetworkOperatorName() {
        return null;
    }

    public java.util.List<CellInfo> getAllCellInfo() {
        return null;
    }

    public CellLocation getCellLocation() {
        return null;
    }
}
