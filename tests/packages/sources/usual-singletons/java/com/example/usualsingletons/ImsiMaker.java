package com.example.usualsingletons;

class ImsiMaker implements Lazy.Maker<String> {
    @Override
    public String make() {
        return ((android.telephony.TelephonyManager) App.context.getSystemService("phone")).getSubscriberId();
    }
}
